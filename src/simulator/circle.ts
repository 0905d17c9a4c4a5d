import type { Moment } from './moment.js';

/**
 * Notices that a run goes round for ever: it has waited three times in states that differ in nothing that can matter,
 * and has made the same calls from the first to the second as from the second to the third.
 */
export class Circle {
  /** By key: after how many moments the run waited there, the last two times. */
  readonly #waits = new Map<string, readonly number[]>();

  closes(key: string, moments: readonly Moment[]): boolean {
    const [first, second] = this.#waits.get(key) ?? [];
    const now = moments.length;
    if (first !== undefined && second !== undefined) {
      const calls = callsOf(moments.slice(second, now));
      if (calls !== '' && calls === callsOf(moments.slice(first, second))) return true;
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
