import { callsOf } from './calls-of.js';
import type { Moment } from './moment.js';

interface Wait {
  /** After how many moments. */
  readonly after: number;
  readonly deadlines: readonly number[];
}

/** Where a run stands, with nothing in flight. */
interface Standing {
  readonly key: string;
  readonly deadlines: readonly number[];
  /** Faults so far. */
  readonly spent: number;
  /** After how many moments the oldest code of the user's began that is under way; else Infinity. */
  readonly worksSince: number;
}

/** Waits in one state that a round may have, with other calls after each. */
const MAX_WAITS = 4;

/**
 * Notices that a run goes round for ever: it has waited again and again in states that differ in nothing that can matter,
 * and of its calls since then the second half is the same as the first. A deadline that was ahead all the while comes
 * nearer with each round, and ends them: until it has passed, nobody knows. Nor does anybody know while code of the user's
 * is under way that began before the round: it may be counting them.
 */
export class Circle {
  /** By key: the last times that the run waited there. */
  readonly #waits = new Map<string, readonly Wait[]>();
  #spent = 0;

  closes({ key, deadlines, spent, worksSince }: Standing, moments: readonly Moment[]): boolean {
    // What goes wrong goes wrong so often only: rounds before it say nothing.
    if (spent !== this.#spent) this.#waits.clear();
    this.#spent = spent;
    const now = { after: moments.length, deadlines };
    const waits = [...(this.#waits.get(key) ?? []), now].slice(-2 * MAX_WAITS - 1);
    this.#waits.set(key, waits);
    for (let round = 1; 2 * round < waits.length; round += 1) {
      const [first, second] = [waits.at(-1 - 2 * round)!, waits.at(-1 - round)!];
      const calls = callsOf(moments.slice(second.after));
      const same = calls !== '' && calls === callsOf(moments.slice(first.after, second.after));
      if (same && worksSince >= second.after && !deadlines.some((time) => first.deadlines.includes(time))) return true;
    }
    return false;
  }
}
