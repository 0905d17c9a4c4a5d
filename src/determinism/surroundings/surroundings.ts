import { AsyncLocalStorage } from 'node:async_hooks';
import { userLocation } from '../../engine/location.js';
import { drained } from '../../engine/drained.js';
import { seededRandom } from '../../engine/random.js';
import type { Source } from './sources.js';

/** A value that workflow code took from its surroundings, and the line that did. */
export interface Read {
  readonly source: Source;
  /** As the guard names it, where it is on the guard's list. */
  readonly call: string;
  /** `file:line:column`, or '' where nobody asked for it. */
  readonly location: string;
}

export interface SurroundingsOptions {
  /** What stands for a source: the same text, the same values; '' is a machine like any other. */
  readonly seedOf: (source: Source) => string;
  /** What the clock showed, read by read, where it is to show that again. */
  readonly clock?: readonly number[] | undefined;
  /** Texts that the user's code compares with: values that a variable of the environment may well have. */
  readonly words?: readonly string[] | undefined;
  /** Whether lines are wanted. */
  readonly isTraced?: boolean | undefined;
  /** Only what this line reads goes by `seedOf`; all others by the seeds and the clock of `like`. */
  readonly only?:
    { readonly location: string; readonly like: Pick<SurroundingsOptions, 'seedOf' | 'clock'> } | undefined;
}

/** A timer that workflow code waits for by itself. */
export interface Pending {
  readonly fire: () => void;
}

/**
 * A made-up process and machine: what a run of workflow code finds around it. All that it answers follows from its seeds
 * and from how often it was asked, so that nothing of the real machine gets into a finding.
 */
export class Surroundings {
  readonly reads: Read[] = [];
  /** What the clock has shown. */
  readonly shown: number[] = [];
  readonly pending = new Set<Pending>();
  /** When the events happen that the run is given, in ms since 1970. */
  nowMs = 0;
  /** Times that the run was told of: where code compares with one of them, it matters on which side the clock is. */
  readonly instants: number[] = [];
  readonly #options: SurroundingsOptions;
  readonly #counts = new Map<string, number>();

  constructor(options: SurroundingsOptions) {
    this.#options = options;
  }

  /** Notes a read, and gives the seed that holds for it. */
  read(source: Source, call: string): string {
    const { seedOf, isTraced, only } = this.#options;
    const location = isTraced || only ? userLocation() : '';
    if (isTraced) this.reads.push({ source, call, location });
    return only && only.location !== location ? only.like.seedOf(source) : seedOf(source);
  }

  seedOf(source: Source): string {
    return this.#options.seedOf(source);
  }

  get words(): readonly string[] {
    return this.#options.words ?? [];
  }

  /** A number in [0, 1): another one each time, or, with a key, the same one for that key. */
  number(source: Source, call: string, key?: string): number {
    const seed = this.read(source, call);
    return numberOf(`${seed}/${key ?? `${call} ${this.#count(call)}`}`);
  }

  /** The time, in ms since 1970, with a fraction. */
  time(call: string): number {
    const seed = this.read('clock', call);
    const { clock, only, seedOf } = this.#options;
    const pinned = only && seed === only.like.seedOf('clock') && seed !== seedOf('clock') ? only.like.clock : clock;
    const n = this.shown.length;
    const shown = pinned?.[n] ?? this.#begin(seed) + n * stepMs(seed);
    this.shown.push(shown);
    return shown;
  }

  /** Lets the timers of workflow code fire, as they do while an activity takes its time. */
  elapse(): void {
    const due = [...this.pending];
    this.pending.clear();
    for (const { fire } of due) fire();
  }

  #begin(seed: string): number {
    const { length } = this.instants;
    if (seed === '' || length === 0 || numberOf(`${seed}/near`) < 0.5) return this.nowMs + offsetMs(seed);
    const near = this.instants[Math.floor(numberOf(`${seed}/which`) * length)]!;
    return near + (numberOf(`${seed}/side`) < 0.5 ? -1 : 1) * 5_000;
  }

  #count(call: string): number {
    const count = (this.#counts.get(call) ?? 0) + 1;
    this.#counts.set(call, count);
    return count;
  }
}

const storage = new AsyncLocalStorage<Surroundings>();

/** Runs code in these surroundings, and all that it starts. */
export function inSurroundings<T>(surroundings: Surroundings, body: () => T): T {
  return storage.run(surroundings, body);
}

/** The surroundings of the calling code; none outside a run. */
export function surroundingsHere(): Surroundings | undefined {
  return storage.getStore();
}

/** Runs code as if it were outside. */
export function outsideSurroundings<T>(body: () => T): T {
  return storage.exit(body);
}

/** Lets the timers of workflow code fire, and what hangs on them go on. */
export async function elapseIn(surroundings: Surroundings): Promise<void> {
  surroundings.elapse();
  await drained();
}

export function numberOf(text: string): number {
  return seededRandom(text)();
}

const DAY_MS = 86_400_000;
const OFFSETS_MS = [0, 700, 60_000, 3_600_000, DAY_MS, 4 * DAY_MS, 40 * DAY_MS, 400 * DAY_MS, 1_500 * DAY_MS];
// A clock that runs, that stands still, that crawls, that jumps.
const STEPS_MS = [0.25, 0, 1, 37, 1_000, 61_000, 3_700_000];

// How far it is ahead of the events: a seed that is empty stands for a clock that is right.
function offsetMs(seed: string): number {
  if (seed === '') return 0;
  const size = OFFSETS_MS[Math.floor(numberOf(`${seed}/offset`) * OFFSETS_MS.length)]!;
  const sign = numberOf(`${seed}/sign`) < 0.25 ? -1 : 1;
  return sign * size * (0.5 + numberOf(`${seed}/size`));
}

function stepMs(seed: string): number {
  return seed === '' ? 0.25 : STEPS_MS[Math.floor(numberOf(`${seed}/step`) * STEPS_MS.length)]!;
}
