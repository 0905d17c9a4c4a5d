import type { Waiter } from './life.js';

/** What a run looks like while nothing is in flight. */
export interface Still {
  /** All that the durable state holds. */
  readonly contents: string;
  /** The next time that the durable state waits for. */
  readonly deadline: number | undefined;
  /** Faults so far. */
  readonly spent: number;
  readonly waiters: readonly Waiter[];
  /** Whether code of the user's is in the middle of something: it may hold in memory what comes next. */
  readonly works: boolean;
}

/**
 * Notices that a run has come to rest: no deadline lies ahead, nothing of the user's is under way, and everything that
 * waited has come round once without changing anything.
 */
export class Stillness {
  #quiet: readonly Waiter[] | undefined;
  #contents = '';
  #spent = 0;

  rests({ contents, deadline, spent, waiters, works }: Still): boolean {
    const isSame = contents === this.#contents && spent === this.#spent; // A round in which something went wrong tells nothing.
    this.#contents = contents;
    this.#spent = spent;
    if (!isSame || deadline !== undefined) this.#quiet = undefined;
    if (deadline !== undefined) return false;
    if (waiters.length === 0) return true;
    if (works) this.#quiet = undefined;
    else this.#quiet ??= waiters;
    return this.#quiet !== undefined && !waiters.some((waiter) => this.#quiet!.includes(waiter));
  }
}
