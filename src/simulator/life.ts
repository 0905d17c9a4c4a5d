import type { Clock, CrashwiseError } from '../engine/index.js';
import { userLocation } from '../engine/location.js';
import { simulatorError } from './errors.js';
import type { Phase, Point } from './point.js';
import type { DurableState } from './state.js';

/** What a boundary is: decides its row in the matrix and whether a story tells it. */
export type BoundaryKind = 'effect' | 'record' | 'hand-on' | 'start' | 'other';

export interface Site {
  /** Stable name, for example `cards.charge` or `record:chargeCard`. */
  readonly name: string;
  readonly kind: BoundaryKind;
  /** What the process asks for, for the story. */
  readonly text: string;
}

/** One moment of a life at which it may be cut, with what a cut there leaves. */
export interface Moment {
  readonly point: Point;
  readonly site: Site;
  readonly state: DurableState;
  /** What happened with this moment, in words; empty if nothing is to be told. */
  readonly text: string;
  /** The user's line that asked, if the life was run with `locate`. */
  readonly location: string;
}

interface Call {
  readonly site: Site;
  readonly occurrence: number;
  readonly location: string;
  readonly perform: () => unknown;
  readonly settle: (outcome: Promise<unknown>) => void;
  outcome?: Promise<unknown>;
}

interface Waiter {
  readonly timeMs: number;
  readonly callback: () => void;
}

/**
 * How a life ended: at rest, past the limit on its moments, waiting for something that the simulation cannot see, or
 * at the moment that it was to be followed to.
 */
export type LifeEnd = 'rest' | 'endless' | 'outside' | 'stopped';

const MAX_MOMENTS = 20_000;

/**
 * One worker process from its start until it rests. The process runs real code; every durable read and write, every
 * effect and every wait goes through here, lands when the schedule says so, and leaves a snapshot at each phase: what a
 * crash there would leave. So one life yields all its crash states and nothing is ever thrown into the user's code. A
 * life that is over answers no call any more: what it had pending never settles.
 */
export class Life {
  readonly moments: Moment[] = [];
  /** Every choice made: how many ways there were, which was taken, and after how many moments. */
  readonly choices: { readonly of: number; readonly taken: number; readonly at: number }[] = [];
  readonly clock: Clock;

  readonly #prefix: readonly number[];
  readonly #snapshot: () => DurableState;
  readonly #locate: boolean;
  readonly #onMoment: ((moment: Moment) => void) | undefined;
  readonly #until: ((moment: Moment) => boolean) | undefined;
  readonly #onStray: ((site: Site) => void) | undefined;
  readonly #occurrences = new Map<string, number>();
  readonly #sent: Call[] = [];
  readonly #waiters: Waiter[] = [];
  readonly #notes: string[] = [];
  #now: number;
  #over = false;
  #ended: LifeEnd | undefined;
  #stopped = false;
  #error: CrashwiseError | undefined;
  /** What the host process waited for when the life began: not the life's. */
  readonly #outsideWork = outsideWork();

  constructor(options: {
    now: number;
    choices: readonly number[];
    snapshot: () => DurableState;
    locate?: boolean;
    onMoment?: (moment: Moment) => void;
    /** True: what follows is of no interest. */
    until?: (moment: Moment) => boolean;
    /** Hears of a call that comes after the life has come to rest: it had not. */
    onStray?: (site: Site) => void;
  }) {
    this.#now = options.now;
    this.#prefix = options.choices;
    this.#snapshot = options.snapshot;
    this.#locate = options.locate ?? false;
    this.#onMoment = options.onMoment;
    this.#until = options.until;
    this.#onStray = options.onStray;
    this.clock = { now: () => this.#now, at: (timeMs, callback) => this.#at(timeMs, callback) };
  }

  get now(): number {
    return this.#now;
  }

  /** Before the process starts: the worker stays away until then. */
  sleepUntil(timeMs: number): void {
    this.#now = Math.max(this.#now, timeMs);
  }

  /** Takes one of `of` ways: the one that the schedule names, else the first. */
  choose(of: number): number {
    if (of <= 1) return 0;
    const taken = this.#prefix[this.choices.length] ?? 0;
    if (taken >= of) {
      const message = `Choice ${this.choices.length + 1} has ${of} ways, and way ${taken + 1} was to be taken.`;
      this.#error ??= simulatorError('scenario-unsteady', message);
      return 0;
    }
    this.choices.push({ of, taken, at: this.moments.length });
    return taken;
  }

  /** Ends the whole simulation with this error, whatever the caller does with it: the scenario itself is at fault. */
  abandon(error: CrashwiseError): never {
    this.#error ??= error;
    throw error;
  }

  /** A line for the story that belongs to no boundary, told before the next moment. */
  note(text: string): void {
    this.#notes.push(text);
  }

  /** A call across a boundary. `perform` does its work in one go when the schedule lets it land. */
  call<T>(site: Site, perform: () => T | Promise<T>): Promise<T> {
    if (this.#over) {
      if (this.#ended === 'rest') this.#onStray?.(site);
      return new Promise(() => {});
    }
    const occurrence = (this.#occurrences.get(site.name) ?? 0) + 1;
    this.#occurrences.set(site.name, occurrence);
    const location = this.#locate ? userLocation() : '';
    return new Promise((resolve) => {
      const call: Call = { site, occurrence, location, perform, settle: (outcome) => resolve(outcome as Promise<T>) };
      this.#record(call, 'before', site.text);
      this.#record(call, 'in-flight', '');
      this.#sent.push(call);
    });
  }

  /** Lets the started process run until it rests. `deadline` tells the next one that the durable state waits for. */
  async run(deadline: () => number | undefined): Promise<LifeEnd> {
    let quiet: readonly Waiter[] | undefined;
    let last = this.#snapshot();
    for (;;) {
      await quiescent();
      if (this.#error) throw this.#error;
      if (this.#stopped) return this.#end('stopped');
      if (this.moments.length > MAX_MOMENTS) return this.#end('endless');
      if (this.#sent.length > 0) {
        await this.#advance(this.#sent[this.choose(this.#sent.length)]!);
        continue;
      }
      const state = this.#snapshot();
      if (state.parts !== last.parts || deadline() !== undefined) quiet = undefined;
      last = state;
      this.#record(WAIT, 'before', '');
      if (this.#stopped) continue;
      // At rest: no deadline lies ahead, and everything that waited has come round once without changing anything.
      if (deadline() === undefined) {
        quiet ??= [...this.#waiters];
        if (!quiet.some((waiter) => this.#waiters.includes(waiter))) {
          return this.#end(outsideWork() > this.#outsideWork ? 'outside' : 'rest');
        }
      }
      this.#fire(deadline());
    }
  }

  #end(how: LifeEnd): LifeEnd {
    this.#over = true;
    this.#ended = how;
    this.#waiters.length = 0;
    return how;
  }

  // Lands what was sent, or hands back the answer of what has landed.
  async #advance(call: Call): Promise<void> {
    if (call.outcome) {
      this.#sent.splice(this.#sent.indexOf(call), 1);
      this.#record(call, 'acknowledged', '');
      call.settle(call.outcome);
      return;
    }
    call.outcome = (async () => call.perform())();
    call.outcome.catch(() => {}); // The caller hears of it with the acknowledgement.
    const said = await call.outcome.then(
      () => '',
      (error: unknown) => `refused: ${error instanceof Error ? error.message : String(error)}`,
    );
    this.#record(call, 'landed', said);
  }

  // Time passes only while nothing is in flight: to the next deadline, the process's own or that of the state.
  #fire(deadline: number | undefined): void {
    const earliest = this.#waiters.reduce((least, { timeMs }) => Math.min(least, timeMs), deadline ?? Infinity);
    if (earliest === Infinity) return;
    this.#now = Math.max(this.#now, earliest);
    const due = this.#waiters.filter(({ timeMs }) => timeMs <= this.#now);
    for (const waiter of due) {
      this.#waiters.splice(this.#waiters.indexOf(waiter), 1);
      waiter.callback();
    }
  }

  #at(timeMs: number, callback: () => void): () => void {
    const waiter = { timeMs, callback };
    if (!this.#over) this.#waiters.push(waiter);
    return () => {
      const index = this.#waiters.indexOf(waiter);
      if (index >= 0) this.#waiters.splice(index, 1);
    };
  }

  #record(call: Pick<Call, 'site' | 'occurrence' | 'location'>, phase: Phase, text: string): void {
    const notes = this.#notes.splice(0);
    const told = [...notes, ...(text === '' ? [] : [text])].join('\n');
    const point = { site: call.site.name, occurrence: call.occurrence, phase };
    const moment = { point, site: call.site, state: this.#snapshot(), text: told, location: call.location };
    if (this.#stopped) return;
    this.moments.push(moment);
    this.#onMoment?.(moment);
    this.#stopped = this.#until?.(moment) ?? false;
  }
}

const WAIT = { site: { name: 'wait', kind: 'other', text: '' } as const, occurrence: 1, location: '' };

/** The process has no microtask and no tick left: it waits for a call, or for time. */
function quiescent(): Promise<void> {
  return new Promise((resolve) => {
    setImmediate(resolve);
  });
}

/** Timers, sockets, files, immediates: what keeps this process busy outside the boundaries of a life. */
function outsideWork(): number {
  return process.getActiveResourcesInfo().length;
}
