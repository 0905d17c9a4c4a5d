import { MAX_WAIT_MS } from './check.js';
import { copyJson, toPayload } from './codec.js';
import { Comparison, type Drift } from './comparison.js';
import { CrashwiseError } from './crashwise-error.js';
import { drained } from './drained.js';
import { engineError } from './errors.js';
import { ActivityFailure, toFailure } from './failure.js';
import type { ActivityOptions, Command, HistoryEvent, Json } from './history.js';
import { userLocation } from './location.js';
import { randomUuid, seededRandom } from './random.js';
import { Signals, type Handler } from './signals.js';
import { outsideScope, runInScope, type AmbientCall, type Scope } from './scope.js';
import type { Workflow } from './definition.js';

/** What a workflow is waiting for when it has nothing more to decide. */
export type Waiting =
  { kind: 'activity'; seq: number; name: string } | { kind: 'timer'; seq: number } | { kind: 'condition' | 'signal' };

type Started = Extract<HistoryEvent, { type: 'started' }>;

/** Activities and timers that one execution may have open at once. */
const MAX_IN_FLIGHT = 1_000;

export interface RunOptions {
  readonly guard: 'guarded' | 'traced';
  /** Finds the user's line of every command, for the report of a divergence. */
  readonly locate: boolean;
  readonly report: (error: CrashwiseError) => void;
  /** Hears of the first call for each patch. */
  readonly onPatch?: ((id: string, deprecated: boolean, present: boolean, replaying: boolean) => void) | undefined;
}

interface Operation {
  readonly waiting: Waiting;
  resolve(value?: unknown): void;
  reject?(error: Error): void;
}

interface Condition {
  readonly predicate: () => boolean;
  /** Takes its timer back, and goes on: with true, or with what the predicate has thrown. */
  settle(thrown?: { error: unknown }): void;
}

/**
 * One run of workflow code over a history, from its start: the state between two decisions. Events go in one at a
 * time, the microtasks are drained after each, and what the code asks for comes out as commands. It never reads a
 * clock and does no I/O, so that two runs over one history are the same.
 */
export class Run implements Scope {
  readonly id: string;
  readonly workflow: Workflow;
  readonly drift: Drift[] = [];
  readonly ambient: AmbientCall[] = [];
  /** The first error that must block the execution. Latched: a `catch` in the user's code cannot hide it. */
  blocked: CrashwiseError | undefined;
  closed = false;
  readsTime = false;

  readonly #queries = new Map<string, Handler>();
  readonly #signals = new Signals((handler, args) => this.#handle(handler, args));
  readonly #operations = new Map<number, Operation>();
  readonly #conditions = new Set<Condition>();
  readonly #patches = new Map<string, boolean>();
  readonly #random: () => number;
  readonly #options: RunOptions;
  #location = '';
  #inTurn = false;
  #readOnly = false;
  #now = 0;
  #seq = 0;
  #decision = 0;
  #comparison: Comparison;

  constructor(workflow: Workflow, started: Started, options: RunOptions) {
    this.workflow = workflow;
    this.id = started.id;
    this.#options = options;
    this.#random = seededRandom(started.seed);
    this.#comparison = new Comparison(this.#who, 0, undefined, workflow.strict);
  }

  /** One decision: delivers the events, then compares with what was recorded, or returns the new commands. */
  async turn(events: readonly HistoryEvent[], recorded: readonly Command[] | undefined): Promise<readonly Command[]> {
    this.#decision += 1;
    this.#comparison = new Comparison(this.#who, this.#decision, recorded, this.workflow.strict);
    this.#inTurn = true;
    try {
      for (const event of events) {
        this.#now = event.at;
        runInScope(this, () => this.#deliver(event));
        await drained();
        while (this.#live && this.#resumeOneCondition()) await drained();
        if (!this.#live) break;
      }
      this.#checkEnd();
    } catch (error) {
      if (error !== this.blocked) throw error; // What is latched has been told.
    }
    this.#inTurn = false;
    this.drift.push(...this.#comparison.drift);
    return this.blocked ? [] : this.#comparison.commands;
  }

  get guard(): 'guarded' | 'traced' {
    return this.#options.guard;
  }

  get waitingFor(): readonly Waiting[] {
    if (this.closed) return [];
    const conditions = Array.from(this.#conditions, () => ({ kind: 'condition' as const }));
    const all = [...Array.from(this.#operations.values(), ({ waiting }) => waiting), ...conditions];
    return all.length === 0 && this.#signals.isListening ? [{ kind: 'signal' }] : all;
  }

  // What workflow code calls, by way of workflow.ts.

  activity(name: string, args: readonly unknown[], options: ActivityOptions): Promise<unknown> {
    this.#mustBeInTurn();
    const given = args.slice(0, args.findLastIndex((arg) => arg !== undefined) + 1);
    const recordable = this.#payload(given, `${name}() arguments`) as Json[];
    const seq = this.#nextSeq();
    this.#emit({ kind: 'activity', seq, name, args: recordable, options });
    const promise = new Promise((resolve, reject) => {
      this.#operations.set(seq, { waiting: { kind: 'activity', seq, name }, resolve, reject });
    });
    promise.catch(() => {}); // The loser of a race may fail with nobody listening; that is no error.
    return promise;
  }

  timer(durationMs: number): { seq: number; fired: Promise<void> } {
    if (typeof durationMs !== 'number' || !(durationMs >= 0 && durationMs <= MAX_WAIT_MS)) {
      throw engineError(
        'invalid-argument',
        `A timer needs a number of ms from 0 to ${MAX_WAIT_MS}, not ${durationMs}.`,
      );
    }
    const seq = this.#nextSeq();
    this.#emit({ kind: 'timer', seq, durationMs: durationMs + 0 }); // JSON has no -0
    const fired = new Promise<void>((resolve) => {
      this.#operations.set(seq, { waiting: { kind: 'timer', seq }, resolve: () => resolve() });
    });
    return { seq, fired };
  }

  condition(predicate: () => boolean, timeoutMs?: number): Promise<boolean> {
    this.#mustBeInTurn();
    try {
      if (predicate()) return Promise.resolve(true);
    } catch (error) {
      return Promise.reject(error as Error);
    }
    const timer = timeoutMs === undefined ? undefined : this.timer(timeoutMs);
    if (this.#options.locate) this.#location = userLocation() || this.#location;
    return new Promise((resolve, reject) => {
      const condition: Condition = {
        predicate,
        settle: (thrown) => {
          if (timer) this.#cancelTimer(timer.seq);
          if (thrown) reject(thrown.error as Error);
          else resolve(true);
        },
      };
      this.#conditions.add(condition);
      void timer?.fired.then(() => this.#conditions.delete(condition) && resolve(false));
    });
  }

  patched(id: string, deprecated: boolean): boolean {
    const known = this.#patches.get(id);
    if (known !== undefined) return known;
    this.#mustBeInTurn();
    const next = this.#comparison.next(id);
    const present = !this.#comparison.replaying || (next?.kind === 'patch' && next.id === id);
    this.#patches.set(id, present);
    this.#options.onPatch?.(id, deprecated, present, this.#comparison.replaying);
    // An old history may hold the marker with either flag; the flag says who wrote it, not which way the code went.
    if (present) this.#emit({ kind: 'patch', id, deprecated: next?.kind === 'patch' ? next.deprecated : deprecated });
    return present;
  }

  setHandler(kind: 'signal' | 'query', name: string, handler: Handler): void {
    this.#mustBeInTurn();
    if (kind === 'signal') this.#signals.setHandler(name, handler);
    else this.#queries.set(name, handler);
  }

  now(): number {
    this.readsTime = true;
    return this.#now;
  }

  random(): number {
    this.#mustBeInTurn();
    return this.#random();
  }

  uuid(): string {
    return randomUuid(() => this.random());
  }

  note(call: AmbientCall): void {
    this.ambient.push(call);
  }

  refuse({ call, location }: AmbientCall): never {
    const where = location === '' ? '' : ` at ${location}`;
    const message = `${this.#who} calls ${call}${where}, which would give another answer on replay.`;
    throw this.latch(engineError('ambient-call', message, { details: { call, location } }));
  }

  /** A promise of the workflow's rejected with nobody listening, after the decision was over. */
  dropped(reason: unknown): void {
    const message = `${this.#who} dropped a promise that rejected: ${toFailure(reason).message}`;
    // Outside the scope: the host's logger may look at the clock, and write to the disk.
    outsideScope(() => this.#options.report(engineError('unhandled-rejection', message, { cause: reason })));
  }

  /** Answers a query from the state at the end of the history. */
  query(name: string, args: readonly Json[]): Json | undefined {
    const handler = this.#queries.get(name);
    if (!handler) {
      const known = [...this.#queries.keys()].join(', ') || 'none';
      throw engineError('unknown-query', `${this.#who} has no query "${name}" at this point. It has: ${known}.`);
    }
    this.#readOnly = true;
    this.#inTurn = true;
    try {
      return toPayload(
        runInScope(this, () => (handler as (...values: unknown[]) => unknown)(...copyJson(args))),
        `the answer`,
      );
    } catch (error) {
      if (CrashwiseError.is(error) && error.code === 'query-failed') throw error;
      throw engineError('query-failed', `Query "${name}" of ${this.#who}: ${toFailure(error).message}`, {
        cause: error,
      });
    } finally {
      this.#inTurn = false;
    }
  }

  latch(error: CrashwiseError): CrashwiseError {
    this.blocked ??= error;
    return error;
  }

  #deliver(event: HistoryEvent): void {
    switch (event.type) {
      case 'started':
        return this.#start(event.input);
      case 'signaled':
        return this.#signals.deliver(event);
      case 'activity-completed':
        return this.#settle(event.seq)?.resolve(copyJson(event.result));
      case 'activity-failed': {
        const operation = this.#settle(event.seq);
        const name = operation?.waiting.kind === 'activity' ? operation.waiting.name : '';
        return operation?.reject?.(new ActivityFailure(name, copyJson(event.failure)));
      }
      case 'timer-fired':
        return this.#settle(event.seq)?.resolve();
      case 'attempt-failed': // The worker's own bookkeeping: the workflow sees only how the activity ends.
      case 'decided':
        return undefined;
    }
  }

  // Undefined for a timer that the decision cancelled after it had fired but before the firing was delivered.
  #settle(seq: number): Operation | undefined {
    const operation = this.#operations.get(seq);
    this.#operations.delete(seq);
    return operation;
  }

  #start(input: Json | undefined): void {
    Promise.resolve(copyJson(input))
      .then((copy) => this.workflow.run(copy as never))
      .then(
        (value) => this.#end(() => completion(this.#payload(value, 'result'))),
        (error: unknown) => this.#fail(error),
      );
  }

  #fail(error: unknown): void {
    this.#end(() => ({ kind: 'fail', failure: toFailure(error) }));
  }

  #end(command: () => Command): void {
    if (!this.#live) return;
    try {
      this.#mustBeInTurn();
      this.#emit(command());
      this.closed = true;
    } catch (error) {
      if (error !== this.blocked) throw error; // What is latched has been told.
    }
  }

  #handle(handler: Handler, args: readonly Json[]): void {
    try {
      const result = (handler as (...values: unknown[]) => unknown)(...copyJson(args));
      if (result instanceof Promise) result.catch((error: unknown) => this.#fail(error));
    } catch (error) {
      this.#fail(error);
    }
  }

  #emit(command: Command): void {
    this.#mustBeInTurn();
    if (this.#readOnly)
      throw engineError('query-failed', `A query handler of ${this.#who} asks for this: ${command.kind}.`);
    if (this.#options.locate) this.#location = userLocation() || this.#location;
    const error = this.#comparison.take(command, () => userLocation() || this.#location);
    if (error) throw this.latch(error);
  }

  #checkEnd(): void {
    if (this.blocked) return;
    const missing = this.#comparison.missing(this.#location);
    if (missing) this.latch(missing);
    else if (!this.closed && this.waitingFor.length === 0) {
      this.latch(engineError('foreign-await', `${this.#who} awaits something that crashwise/engine did not hand out.`));
    }
  }

  #resumeOneCondition(): boolean {
    for (const condition of this.#conditions) {
      const answer = runInScope(this, () => {
        try {
          return condition.predicate() ? {} : undefined;
        } catch (error) {
          return { thrown: { error } };
        }
      });
      if (answer && this.#conditions.delete(condition)) {
        runInScope(this, () => condition.settle(answer.thrown));
        return true;
      }
    }
    return false;
  }

  #cancelTimer(seq: number): void {
    this.#operations.delete(seq);
    this.#emit({ kind: 'cancel-timer', seq });
  }

  #payload(value: unknown, where: string): Json | undefined {
    try {
      return toPayload(value, where);
    } catch (error) {
      throw CrashwiseError.is(error) ? this.latch(error) : error;
    }
  }

  get #live(): boolean {
    return !this.closed && !this.blocked;
  }

  #nextSeq(): number {
    this.#mustBeInTurn();
    if (this.#operations.size >= MAX_IN_FLIGHT) {
      throw this.latch(engineError('activity-limit', `${this.#who} has ${MAX_IN_FLIGHT} activities and timers open.`));
    }
    this.#seq += 1;
    return this.#seq;
  }

  #mustBeInTurn(): void {
    if (this.blocked) throw this.blocked;
    if (this.closed) throw engineError('outside-workflow', `${this.#who} has ended.`);
    if (this.#inTurn) return;
    const { code, message, hint } = engineError('foreign-await', `${this.#who} goes on after an await of its own.`);
    // The decision is over, and what this run would still do is not recorded.
    const next = 'What the code does from there on is ignored; the execution waits for what it has asked for before.';
    const error = new CrashwiseError(code, message, { next, hint }, { details: { location: userLocation() } });
    outsideScope(() => this.#options.report(this.latch(error)));
    throw error;
  }

  get #who(): string {
    return `workflow ${this.workflow.name} (${this.id})`;
  }
}

function completion(result: Json | undefined): Command {
  return { kind: 'complete', ...(result === undefined ? {} : { result }) };
}
