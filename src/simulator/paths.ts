import { createHash } from 'node:crypto';
import type { DurableState } from './state.js';

/** Longer texts stand in a sequence by their SHA-256. */
const MAX_TEXT = 1_000;

/**
 * Where the runs from one durable state have been. Two runs that come to the same state, with processes that were given
 * the same in the same order, go on alike: one of them goes on for both. So of calls that do not touch each other only
 * the subsets that have landed count, and not the orders in which they did.
 */
export class Paths {
  readonly #identity: (state: DurableState) => string;
  readonly #sequences = new Map<string, number>();
  readonly #seen = new Map<string, number>();
  readonly #onPlace: ((place: number) => void) | undefined;

  /** `identity` tells apart all states that differ in anything; `onPlace` hears the number of each place that is come to. */
  constructor(identity: (state: DurableState) => string, onPlace?: (place: number) => void) {
    this.#identity = identity;
    this.#onPlace = onPlace;
  }

  /** The number that stands for a sequence with one more text. */
  extend(sequence: number, text: string): number {
    const short = text.length <= MAX_TEXT ? text : createHash('sha256').update(text).digest('hex');
    const key = `${sequence} ${short}`;
    let number = this.#sequences.get(key);
    if (number === undefined) this.#sequences.set(key, (number = this.#sequences.size + 1));
    return number;
  }

  /** Whether a run has been here before; from now on one has. */
  known(state: DurableState, lives: string): boolean {
    const here = `${this.#identity(state)}\n${lives}`;
    const known = this.#seen.get(here);
    if (known === undefined) this.#seen.set(here, this.#seen.size);
    this.#onPlace?.(known ?? this.#seen.size - 1);
    return known !== undefined;
  }
}
