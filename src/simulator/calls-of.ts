import type { Moment } from './moment.js';

/** What was called in these moments, and how far each call got: the same text for a round that is like another. */
export function callsOf(moments: readonly Moment[]): string {
  const calls = moments.filter(({ site }) => site.name !== 'wait');
  return calls.map(({ site, phase, life }) => `${life} ${site.name}.${phase}`).join('\n');
}
