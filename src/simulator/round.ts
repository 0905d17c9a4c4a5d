import { callsOf } from './calls-of.js';
import { durationText } from './duration-text.js';
import type { Moment } from './moment.js';
import type { DurableState } from './state.js';

const MAX_TOLD = 3;

/** What a run that goes round for ever does in each round, and how often, as a sentence. `key` as the circle was found. */
export function roundText(moments: readonly Moment[], key: (state: DurableState) => string): string {
  const round = roundOf(moments, key);
  if (!round) return 'It goes round for ever.';
  const calls = round.last.filter(({ phase, site }) => phase === 'before' && site.text !== '');
  const texts = [...new Set(calls.map(({ site }) => site.text))];
  const more = texts.length - MAX_TOLD;
  const told = [...texts.slice(0, MAX_TOLD), ...(more > 0 ? [`${more} more`] : [])].join('; ');
  const often = round.everyMs > 0 ? `every ${durationText(round.everyMs)} the same` : 'the same again and again';
  return `It goes round for ever: ${often}${told === '' ? '' : ` (${told})`}.`;
}

/** The shortest round that a run has made twice at its end; `everyMs` is 0 if it did not take the same time. */
export function roundOf(
  moments: readonly Moment[],
  key: (state: DurableState) => string,
): { last: readonly Moment[]; everyMs: number } | undefined {
  const here = key(moments.at(-1)!.state);
  const waits = moments.flatMap(({ site, state }, index) =>
    site.name === 'wait' && key(state) === here ? [{ after: index + 1, now: state.now }] : [],
  );
  for (let length = 1; 2 * length < waits.length; length += 1) {
    const [first, second, third] = [2 * length, length, 0].map((back) => waits.at(-1 - back)!);
    const last = moments.slice(second!.after);
    const calls = callsOf(last);
    if (calls === '' || calls !== callsOf(moments.slice(first!.after, second!.after))) continue;
    const tookMs = third!.now - second!.now;
    return { last, everyMs: tookMs === second!.now - first!.now ? tookMs : 0 };
  }
  return undefined;
}
