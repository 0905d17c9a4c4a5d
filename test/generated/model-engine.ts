import type { ActivityOptions, Command, Failure, History, HistoryEvent, Json } from '../../src/engine/index.js';
import type { Argument, Result } from './behaviour.js';
import { Cell, type Awaitable, type Jobs } from './machine.js';
import { modelRandom } from './model-random.js';
import type { Call, SignalName } from './program.js';

/** An activity that failed for good, as the code of a workflow sees it. */
export class ModelFailure {
  readonly name: string;
  readonly message: string;

  constructor({ name, message }: Pick<Failure, 'name' | 'message'>) {
    this.name = name;
    this.message = message;
  }
}

/** Thrown by every call of a workflow that has ended. */
export const CLOSED = Symbol('closed');

interface Condition {
  readonly isMet: () => boolean;
  readonly resume: () => void;
}

type Handler = (arg: { n: number }) => void;

/** What the engine promises to workflow code, written down a second time: events in, commands out. */
export class ModelEngine {
  commands: Command[] = [];
  closed = false;

  readonly #jobs: Jobs;
  readonly #random: () => number;
  readonly #operations = new Map<number, { call?: Call; cell: Cell<Result | undefined> }>();
  readonly #handlers = new Map<string, Handler>();
  readonly #conditions: Condition[] = [];
  readonly #patches = new Map<string, boolean>();
  readonly #unhandled: { name: string; arg: { n: number } }[] = [];
  #recorded: readonly Command[] = [];
  #isOwn = true;
  #now = 0;
  #seq = 0;

  constructor(jobs: Jobs, seed: string) {
    this.#jobs = jobs;
    this.#random = modelRandom(seed);
  }

  /** What it waits for, in any order: `activity 1`, `timer 2`, `condition`. */
  get waiting(): string[] {
    if (this.closed) return [];
    const operations = Array.from(this.#operations, ([seq, { call }]) => `${call ? 'activity' : 'timer'} ${seq}`);
    return [...operations, ...this.#conditions.map(() => 'condition')];
  }

  /** One decision. `isOwn`: this version of the code made it, so a patch that it has not met before is new. */
  decide(events: History, recorded: readonly Command[], isOwn: boolean, start: (input: Json) => void): void {
    this.commands = [];
    this.#recorded = recorded;
    this.#isOwn = isOwn;
    for (const event of events) {
      this.#now = event.at;
      if (event.type === 'started') start(copy(event.input ?? null));
      else this.#deliver(event);
      this.#jobs.drain();
      // The first one that is met goes on, with all that follows from it, before any other is asked again.
      for (let met = this.#firstMet(); met && !this.closed; met = this.#firstMet()) {
        this.#conditions.splice(this.#conditions.indexOf(met), 1);
        met.resume();
        this.#jobs.drain();
      }
      if (this.closed) return;
    }
  }

  end(command: Command): void {
    if (this.closed) return;
    this.commands.push(copy(command));
    this.closed = true;
  }

  call(call: Call, callId: string, arg: Argument, options: ActivityOptions): Cell<Result | undefined> {
    this.#mustBeOpen();
    this.#seq += 1;
    const command = { kind: 'activity' as const, seq: this.#seq, name: call.name, args: [callId, arg], options };
    this.commands.push(copy(command));
    const cell = new Cell<Result | undefined>(this.#jobs);
    this.#operations.set(this.#seq, { call, cell });
    return cell;
  }

  sleep(durationMs: number): Awaitable<unknown> {
    return this.#timer(durationMs).cell;
  }

  condition(isMet: () => boolean, timeoutMs: number | null): Cell<boolean> {
    this.#mustBeOpen();
    const done = new Cell<boolean>(this.#jobs);
    if (isMet()) {
      done.resolve(true);
      return done;
    }
    const timer = timeoutMs === null ? undefined : this.#timer(timeoutMs);
    const condition = {
      isMet,
      resume: () => {
        if (timer) {
          this.#operations.delete(timer.seq);
          this.commands.push({ kind: 'cancel-timer', seq: timer.seq });
        }
        done.resolve(true);
      },
    };
    this.#conditions.push(condition);
    timer?.cell.on(
      () => {
        const index = this.#conditions.indexOf(condition);
        if (index < 0) return;
        this.#conditions.splice(index, 1);
        done.resolve(false);
      },
      () => {},
    );
    return done;
  }

  handle(name: SignalName, handler: Handler): void {
    this.#mustBeOpen();
    this.#handlers.set(name, handler);
    // One after the other, each to the handler that is there when its turn comes: a handler may have put in another.
    for (;;) {
      const index = this.#unhandled.findIndex((signal) => signal.name === name);
      if (index < 0) return;
      const [signal] = this.#unhandled.splice(index, 1);
      this.#handlers.get(name)!(signal!.arg);
    }
  }

  patched(id: string, deprecated: boolean): boolean {
    this.#mustBeOpen();
    const known = this.#patches.get(id);
    if (known !== undefined) return known;
    const marker = this.#recorded.find((command) => command.kind === 'patch' && command.id === id);
    const isNew = this.#isOwn || marker !== undefined;
    this.#patches.set(id, isNew);
    if (isNew) this.commands.push(marker && !this.#isOwn ? marker : { kind: 'patch', id, deprecated });
    return isNew;
  }

  now(): number {
    return this.#now;
  }

  random(): number {
    this.#mustBeOpen();
    return this.#random();
  }

  #deliver(event: HistoryEvent): void {
    switch (event.type) {
      case 'activity-completed':
        return this.#take(event.seq)?.cell.resolve(copy(event.result) as Result | undefined);
      case 'activity-failed': {
        const operation = this.#take(event.seq);
        const message = `${operation?.call?.name} failed: ${event.failure.message}`;
        return operation?.cell.reject(new ModelFailure({ name: 'ActivityFailure', message }));
      }
      case 'timer-fired':
        return this.#take(event.seq)?.cell.resolve(undefined);
      case 'signaled': {
        const arg = copy(event.args[0]) as { n: number };
        const handler = this.#handlers.get(event.name);
        if (handler) handler(arg);
        else this.#unhandled.push({ name: event.name, arg });
        return undefined;
      }
      default:
        return undefined;
    }
  }

  // A timer that was cancelled fires into nothing.
  #take(seq: number): { call?: Call; cell: Cell<Result | undefined> } | undefined {
    const operation = this.#operations.get(seq);
    this.#operations.delete(seq);
    return operation;
  }

  #timer(durationMs: number): { seq: number; cell: Cell<Result | undefined> } {
    this.#mustBeOpen();
    this.#seq += 1;
    this.commands.push({ kind: 'timer', seq: this.#seq, durationMs });
    const cell = new Cell<Result | undefined>(this.#jobs);
    this.#operations.set(this.#seq, { cell });
    return { seq: this.#seq, cell };
  }

  #firstMet(): Condition | undefined {
    return this.closed ? undefined : this.#conditions.find(({ isMet }) => isMet());
  }

  #mustBeOpen(): void {
    if (this.closed) throw CLOSED;
  }
}

function copy<T>(value: T): T {
  return value === undefined ? value : (JSON.parse(JSON.stringify(value)) as T);
}
