import {
  Client,
  MemoryStore,
  Worker,
  type Clock,
  type CrashwiseError,
  type Store,
  type Workflow,
} from 'crashwise/engine';

interface Waiter {
  readonly timeMs: number;
  readonly callback: () => void;
}

/** A clock that stands still until nothing else can happen, then jumps to the next thing that waits. */
export class JumpingClock implements Clock {
  time = 1_000_000;
  readonly #waiting: Waiter[] = [];

  now(): number {
    return this.time;
  }

  at(timeMs: number, callback: () => void): () => void {
    const waiter = { timeMs, callback };
    this.#waiting.push(waiter);
    return () => {
      const index = this.#waiting.indexOf(waiter);
      if (index >= 0) this.#waiting.splice(index, 1);
    };
  }

  /** Jumps to the next thing that waits, but not past `endMs`; false if there is none until then. */
  jump(endMs: number): boolean {
    const next = this.#waiting.reduce<Waiter | undefined>(
      (least, waiter) => (least === undefined || waiter.timeMs < least.timeMs ? waiter : least),
      undefined,
    );
    if (!next || next.timeMs > endMs) {
      if (Number.isFinite(endMs)) this.time = endMs;
      return false;
    }
    this.#waiting.splice(this.#waiting.indexOf(next), 1);
    this.time = Math.max(this.time, next.timeMs);
    next.callback();
    return true;
  }
}

export interface Lab {
  readonly clock: JumpingClock;
  readonly store: Store;
  readonly client: Client;
  readonly reports: CrashwiseError[];
  /** Starts a worker over the store; it dies with the test. */
  work(workflows: readonly Workflow[], activities?: object, options?: { leaseMs?: number; guard?: 'traced' }): Worker;
  /** Lets time pass until nothing happens any more, or `untilMs` of the lab's time have passed. */
  settle(untilMs?: number): Promise<void>;
}

/** A store, a clock that jumps, a client, and workers: all in this process. */
export function lab(options: { store?: Store; workflows?: readonly Workflow[] } = {}): Lab {
  const clock = new JumpingClock();
  const store = options.store ?? new MemoryStore();
  const reports: CrashwiseError[] = [];
  const workers: Worker[] = [];
  const client = new Client({ store, clock, ...(options.workflows ? { workflows: options.workflows } : {}) });
  return {
    clock,
    store,
    client,
    reports,
    work(workflows, activities = {}, more = {}) {
      const report = (error: CrashwiseError): void => void reports.push(error);
      const worker = new Worker({ store, workflows, activities, clock, pollMs: Infinity, report, ...more });
      workers.push(worker);
      void worker.run();
      return worker;
    },
    async settle(untilMs = Infinity) {
      const end = clock.time + untilMs;
      for (let quiet = 0; quiet < 3;) {
        await new Promise((resolve) => {
          setImmediate(resolve);
        });
        quiet += 1;
        if (quiet < 3) continue;
        for (const worker of workers) worker.wake();
        await new Promise((resolve) => {
          setTimeout(resolve, 0);
        });
        if (clock.jump(end)) quiet = 0;
      }
    },
  };
}

/** The error code that a promise rejects with. */
export async function codeOf(promise: Promise<unknown>): Promise<string | undefined> {
  return promise.then(
    () => undefined,
    (error: unknown) => (error as CrashwiseError).code,
  );
}
