import type { FoundDivergence } from '../results/determinism.js';
import { causesOf, differenceSentence, GUARD } from './divergence-words.js';
import { commandText } from './terminal/recorded-and-replayed.js';

/** What one divergence is and how to see it again, as plain text, for reports that know no layout. */
export function plainDivergence(found: FoundDivergence): string {
  const { at, expected, actual, guard, reproduce } = found;
  const sentence = differenceSentence(found);
  return [
    sentence.charAt(0).toUpperCase() + sentence.slice(1),
    ...causesOf(found).map(([cause, pinned]) => `cause: ${cause}${pinned === undefined ? '' : ` (${pinned})`}`),
    `recorded, decision ${at}: ${commandText(expected)}`,
    `replayed: ${commandText(actual)}`,
    `guard: ${GUARD[guard]}`,
    `again: ${reproduce.command}`,
  ].join('\n');
}
