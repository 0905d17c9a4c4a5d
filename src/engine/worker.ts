import { randomUUID } from 'node:crypto';
import { Alarm } from './alarm.js';
import { checkPositive } from './check.js';
import { systemClock, type Clock } from './clock.js';
import type { CrashwiseError } from './crashwise-error.js';
import { createRuntime } from './decide.js';
import { asCrashwiseError } from './failure.js';
import { runSession, type SessionContext } from './session.js';
import type { Claim, Store } from './store/store.js';
import type { Workflow } from './workflow.js';

export interface WorkerOptions {
  readonly store: Store;
  readonly workflows: readonly Workflow[];
  /** The activities by the names that workflows use. */
  readonly activities: object;
  /** Shown as the holder of leases. Default: a fresh UUID. */
  readonly id?: string;
  readonly clock?: Clock;
  /** How long a claim lasts without a heartbeat: a dead worker's executions wait that long. Default 30,000. */
  readonly leaseMs?: number;
  /** How often to look for what other processes wrote. Default 500; `Infinity` if there are none. */
  readonly pollMs?: number;
  /** Executions held at once. Default 100. */
  readonly concurrency?: number;
  /** The guard over ambient calls in workflow code. Default `guarded`. */
  readonly guard?: 'guarded' | 'traced';
  /** Hears of every blocked execution, lost lease and store error. Default: a line on stderr for each. */
  readonly report?: (error: CrashwiseError) => void;
}

const LOOK_AGAIN_MS = 10;

/**
 * Runs executions: claims those that are due, runs their activities, commits what happened. Any number of workers, in
 * any number of processes, may share one store; each execution is held by one at a time.
 *
 * @example
 * const worker = new Worker({ store, workflows: [order], activities: { charge } });
 * const running = worker.run();
 * await worker.stop(); // lets activities in flight end, and gives the leases back
 */
export class Worker {
  readonly #context: SessionContext;
  readonly #names: readonly string[];
  readonly #id: string;
  readonly #concurrency: number;
  readonly #sessions = new Map<string, Promise<void>>();
  /** Blocked executions that this process has tried: its code will not change until it is started again. */
  readonly #tried = new Set<string>();
  #running: Promise<void> | undefined;
  #stopping = false;
  readonly #alarm: Alarm;

  constructor(options: WorkerOptions) {
    checkPositive({ leaseMs: options.leaseMs, concurrency: options.concurrency });
    checkPositive({ pollMs: options.pollMs }, Infinity);
    this.#id = options.id ?? randomUUID();
    this.#names = options.workflows.map(({ name }) => name);
    this.#concurrency = options.concurrency ?? 100;
    const tell =
      options.report ?? ((error) => console.error(`${error.code}: ${error.message}\n  ${error.next}\n  ${error.hint}`));
    // A logger that throws must not end the worker, and must not go unnoticed.
    const report = (error: CrashwiseError): void => {
      try {
        tell(error);
      } catch (thrown) {
        process.emitWarning(thrown as Error);
      }
    };
    const clock = options.clock ?? systemClock;
    this.#alarm = new Alarm(clock);
    this.#context = {
      store: options.store,
      runtime: createRuntime(options.workflows, { guard: options.guard ?? 'guarded', report }),
      activities: options.activities,
      clock,
      leaseMs: options.leaseMs ?? 30_000,
      pollMs: options.pollMs ?? 500,
      nudges: new Set(),
      stopping: () => this.#stopping,
      report,
    };
  }

  /** Works until `stop()`. Errors of the store are reported, and tried again after a pause. */
  run(): Promise<void> {
    this.#running ??= this.#work();
    return this.#running;
  }

  /** Stops claiming, waits until the activities in flight have ended and are recorded, and gives the leases back. */
  async stop(): Promise<void> {
    this.#stopping = true;
    this.wake();
    await this.#running;
  }

  async #work(): Promise<void> {
    const { clock, pollMs } = this.#context;
    while (!this.#stopping) {
      let next: number | undefined;
      const isFull = this.#sessions.size >= this.#concurrency;
      try {
        const limit = this.#concurrency - this.#sessions.size;
        const leases = await this.#claim(limit);
        const more = leases.length > 0 && leases.length === limit;
        try {
          if (!more) next = await this.#context.store.nextDue(this.#names);
        } finally {
          for (const lease of leases) this.#hold(lease);
        }
        if (more) continue;
      } catch (error) {
        this.#context.report(asCrashwiseError(error, 'The worker could not look for work'));
        next = clock.now() + 1_000;
      }
      // What has become due since the claim is claimed in a moment. A full worker looks again when a session ends.
      const due = next === undefined || isFull ? Infinity : Math.max(next, clock.now() + LOOK_AGAIN_MS);
      await this.#alarm.until(Math.min(due, clock.now() + pollMs));
    }
    await Promise.all(this.#sessions.values());
  }

  /** Looks for work now: for a client in the same process that has just started or signalled something. */
  wake(): void {
    this.#alarm.ring();
    for (const nudge of this.#context.nudges) nudge();
  }

  async #claim(limit: number): Promise<readonly Claim[]> {
    if (limit <= 0) return [];
    const { store, clock, leaseMs } = this.#context;
    const skipBlocked = [...this.#tried];
    const [workflows, held] = [this.#names, [...this.#sessions.keys()]];
    return store.claim({ worker: this.#id, now: clock.now(), leaseMs, limit, workflows, held, skipBlocked });
  }

  #hold(lease: Claim): void {
    const session = runSession(lease, this.#context)
      .then(
        (blocked) => {
          if (!blocked) return;
          this.#tried.add(lease.id);
          this.#context.report(blocked);
        },
        (error: unknown) => this.#context.report(asCrashwiseError(error, `The worker lets go of ${lease.id}`)),
      )
      .finally(() => {
        this.#sessions.delete(lease.id);
        this.#alarm.ring();
      });
    this.#sessions.set(lease.id, session);
  }
}
