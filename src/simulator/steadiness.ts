import { simulatorError } from './errors.js';
import type { Trace } from './trace.js';

/**
 * Two lives from one state that take the same first choices must do the same until they part. Throws
 * `scenario-unsteady`, which names the first call that differs.
 */
export function mustAgree(one: Trace, other: Trace, choices: number): void {
  const parted = one.choices[choices - 1]?.at ?? Infinity;
  for (let index = 0; index < Math.min(parted, one.moments.length); index += 1) {
    const [first, second] = [one.moments[index], other.moments[index]];
    // Texts are dear, and are made for the few that do not look alike.
    if (first && second && (first.looksLike(second) || told(first) === told(second))) continue;
    const message = `Run again from the same state, a life does otherwise:\n  first  ${told(first)}\n  then   ${told(second)}`;
    throw simulatorError('scenario-unsteady', message);
  }
  if (other.choices.length >= choices) return;
  const message = `A life had ${choices} choices or more, and ${other.choices.length} when it was run again.`;
  throw simulatorError('scenario-unsteady', message);
}

function told(moment: Trace['moments'][number] | undefined): string {
  if (!moment) return 'nothing more';
  const { site, occurrence, phase } = moment.point;
  const texts = new Set([moment.site.text, ...moment.text.split('\n')].filter((text) => text !== ''));
  return [`${site}${occurrence === 1 ? '' : `#${occurrence}`}.${phase}`, ...texts].join(', ');
}
