import type { Moment } from './moment.js';

interface Wait {
  /** After how many moments. */
  readonly after: number;
  readonly deadlines: readonly number[];
}

/**
 * Notices that a run goes round for ever: it has waited three times in states that differ in nothing that can matter,
 * and has made the same calls from the first to the second as from the second to the third. A deadline that was ahead all
 * the while comes nearer with each round, and ends them: until it has passed, nobody knows.
 */
export class Circle {
  /** By key: the last two times that the run waited there. */
  readonly #waits = new Map<string, readonly Wait[]>();

  closes(key: string, deadlines: readonly number[], moments: readonly Moment[]): boolean {
    const [first, second] = this.#waits.get(key) ?? [];
    const now = { after: moments.length, deadlines };
    if (first !== undefined && second !== undefined) {
      const calls = callsOf(moments.slice(second.after, now.after));
      const same = calls !== '' && calls === callsOf(moments.slice(first.after, second.after));
      if (same && !deadlines.some((time) => first.deadlines.includes(time))) return true;
      this.#waits.set(key, [second, now]);
    } else {
      this.#waits.set(key, first === undefined ? [now] : [first, now]);
    }
    return false;
  }
}

function callsOf(moments: readonly Moment[]): string {
  const calls = moments.filter(({ site }) => site.name !== 'wait');
  return calls.map(({ site, phase, life }) => `${life} ${site.name}.${phase}`).join('\n');
}
