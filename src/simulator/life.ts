import type { Clock, CrashwiseError } from '../engine/index.js';
import { userLocation } from '../engine/location.js';
import type { CalledAt, Fault } from './fault.js';

/** What a boundary is: decides its row in the matrix and whether a story tells it. */
export type BoundaryKind = 'effect' | 'record' | 'hand-on' | 'start' | 'other';

export interface Site {
  /** Stable name, for example `cards.charge` or `record:chargeCard`. */
  readonly name: string;
  readonly kind: BoundaryKind;
  /** What the process asks for, for the story. */
  readonly text: string;
}

/** What may go wrong with a call, and how, beyond what the call itself does. */
export interface CallFaults {
  readonly kinds: readonly Fault[];
  /** The request is on its way, and the caller has given up on it. */
  readonly late?: () => void;
  /** From now on the other side refuses it. */
  readonly refuse?: () => void;
  /** The answer from an older state. */
  readonly stale?: () => unknown;
  /** What happens when it comes a second time; default: the same as the first time. */
  readonly again?: () => void;
  /** What happens when a later one comes before it. */
  readonly reordered?: () => unknown;
}

/** What may go wrong with a call to the machinery's own store, if nothing else is said. */
export function storeFaults({ kind }: Pick<Site, 'kind'>): CallFaults {
  const writes = kind === 'record' || kind === 'hand-on';
  return { kinds: writes ? ['store-error', 'conflict', 'timeout-after'] : ['store-error'] };
}

type Outcome = { readonly value: unknown } | { readonly error: unknown };

/** Which call it is: what the record of a run keeps of it. */
export interface Called {
  readonly site: Site;
  /** The n-th of its site within the life, from 1. */
  readonly occurrence: number;
  /** The user's line that asked, if it is looked for. */
  readonly location: string;
}

/** A call across a boundary that has not been answered. */
export interface Call {
  readonly called: Called;
  readonly perform: () => unknown;
  readonly faults: () => CallFaults;
  /** Whether it may go anywhere but to the machinery's own store. */
  readonly leaves: boolean;
  readonly settle: (outcome: Outcome) => void;
  /** Once it has landed. */
  outcome?: Outcome;
  /** The outcome as text: what of it the process can know. */
  answer?: () => string;
}

/** Something that a process waits for in time. */
export interface Waiter {
  readonly number: number;
  readonly timeMs: number;
  readonly callback: () => void;
}

/** What a life is part of: the one place that knows the time, the schedule and the durable state. */
export interface LifeHost {
  readonly now: number;
  readonly locates: boolean;
  readonly moments: readonly unknown[];
  /** Nothing that a life asks for is carried out any more. */
  readonly over: boolean;
  fork(of: number): number;
  fail(error: CrashwiseError): void;
  note(text: string): void;
  stray(site: Site): void;
  /** A call is about to be sent, and has been. */
  send(life: Life, call: Call): void;
  /** The number that stands for a sequence with one more text. */
  extend(sequence: number, text: string): number;
}

/**
 * One worker process from its start until it rests or dies. It runs real code; every durable read and write, every
 * effect and every wait goes through here. Its host lets land what was sent, and hands back the answers. A life that is
 * over answers no call any more: what it had pending never settles, and nothing is ever thrown into the user's code.
 */
export class Life {
  /** 1, or 2 for the one that takes over from a life that stands still. */
  readonly number: number;
  readonly clock: Clock;
  readonly sent: Call[] = [];
  /** It stands still: it hears no answer, no timer fires in it, and what it has not sent stays with it. */
  asleep = false;
  readonly #host: LifeHost;
  readonly #occurrences = new Map<string, number>();
  readonly #waiters: Waiter[] = [];
  #waits = 0;
  readonly #working = new Set<{ readonly moment: number }>();
  #given = 0;
  /** What it was given since, and is not in that number yet: most runs never ask for it. */
  readonly #heard: (() => string)[] = [];

  constructor(host: LifeHost, number: number) {
    this.#host = host;
    this.number = number;
    this.clock = { now: () => this.now, at: (timeMs, callback) => this.#at(timeMs, callback) };
  }

  get now(): number {
    return this.#host.now;
  }

  /** What it waits for in time. */
  get waiters(): readonly Waiter[] {
    return this.#waiters;
  }

  /**
   * Stands for all that it was given since its start: answers, times, ways to take. What it holds in memory is a
   * function of that, as long as its code keeps to the boundaries.
   */
  get given(): number {
    for (const what of this.#heard.splice(0)) this.#given = this.#host.extend(this.#given, what());
    return this.#given;
  }

  /** Where it stands, as text: two that stand alike, over one durable state, go on alike. */
  get standing(): string {
    const calls = this.sent.map(
      ({ called: { site, occurrence }, answer }) => `${site.name}#${occurrence}${answer ? `=${answer()}` : ''}`,
    );
    return `${this.given}${this.asleep ? ' asleep' : ''} ${calls.join(' ')}`;
  }

  give(what: string): void {
    const text = `${this.now} ${what}`;
    this.#heard.push(() => text);
  }

  /** Takes one of `of` ways: the one that the schedule names, else the first. */
  choose(of: number): number {
    if (of <= 1) return 0;
    const taken = this.#host.fork(of);
    this.give(`way ${taken}`);
    return taken;
  }

  /** Ends the whole simulation with this error, whatever the caller does with it: the scenario itself is at fault. */
  abandon(error: CrashwiseError): never {
    this.#host.fail(error);
    throw error;
  }

  /**
   * Code of the user's is at work until this settles: what it holds in memory decides what comes next. As long as it does,
   * a run is not at rest, and does not go round, however much one moment looks like another.
   */
  async during<T>(work: Promise<T>): Promise<T> {
    const since = { moment: this.#host.moments.length };
    this.#working.add(since);
    try {
      return await work;
    } finally {
      this.#working.delete(since);
    }
  }

  /** After how many moments of the run the oldest of that began; undefined if nothing is under way. */
  get worksSince(): number | undefined {
    const [oldest] = this.#working;
    return oldest?.moment;
  }

  /** A line for the story that belongs to no boundary, told before the next moment. */
  note(text: string): void {
    this.#host.note(text);
  }

  /**
   * A call across a boundary. `perform` does its work in one go when the schedule lets it land. Without `faults` it goes to
   * the machinery's own store.
   */
  call<T>(site: Site, perform: () => T | Promise<T>, faults?: () => CallFaults): Promise<T> {
    if (this.#host.over) {
      this.#host.stray(site);
      return new Promise(() => {});
    }
    const occurrence = (this.#occurrences.get(site.name) ?? 0) + 1;
    this.#occurrences.set(site.name, occurrence);
    const called: Called = { site, occurrence, location: this.#host.locates ? userLocation() : '' };
    return new Promise((resolve, reject) => {
      const settle = (outcome: Outcome): void =>
        'error' in outcome ? reject(outcome.error as Error) : resolve(outcome.value as T);
      const leaves = faults !== undefined;
      const call: Call = { called, perform, faults: faults ?? (() => storeFaults(site)), leaves, settle };
      this.#host.send(this, call);
      this.sent.push(call);
    });
  }

  /** Hands back the answer of a call that has landed. */
  hear(call: Call): void {
    this.sent.splice(this.sent.indexOf(call), 1);
    const { site, occurrence } = call.called;
    const { now } = this;
    const { answer, outcome } = call;
    this.#heard.push(() => `${now} ${site.name}#${occurrence} ${answer!()}`);
    call.settle(outcome!);
  }

  /** How a schedule names a call of this process. */
  nameOf({ called: { site, occurrence } }: Call): CalledAt {
    return { site: site.name, occurrence, ...(this.number === 1 ? {} : { life: this.number }) };
  }

  /** Fires what is due. */
  wake(): void {
    for (const waiter of this.#waiters.filter(({ timeMs }) => timeMs <= this.now)) {
      this.#waiters.splice(this.#waiters.indexOf(waiter), 1);
      this.give(`wait ${waiter.number}`);
      waiter.callback();
    }
  }

  /** Waits for nothing any more. */
  end(): void {
    this.#waiters.length = 0;
  }

  #at(timeMs: number, callback: () => void): () => void {
    const waiter = { number: (this.#waits += 1), timeMs, callback };
    if (!this.#host.over) this.#waiters.push(waiter);
    return () => {
      const index = this.#waiters.indexOf(waiter);
      if (index >= 0) this.#waiters.splice(index, 1);
    };
  }
}
