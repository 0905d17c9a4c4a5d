import type { Trace } from './trace.js';
import { Unsteady } from './unsteady.js';
import type { World } from './world.js';

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
    throw differs(index, told(first), told(second));
  }
  if (other.choices.length >= choices) return;
  throw new Unsteady(`A life had ${choices} choices or more, and ${other.choices.length} when it was run again.`);
}

/**
 * Two whole runs of one life must do the same, and leave the same states. Throws `scenario-unsteady`. The more time lies
 * between the two, the surer a clock shows.
 */
export function mustRepeat(world: World, one: Trace, other: Trace): void {
  mustAgree(one, other, 0);
  if (other.moments.length > one.moments.length) {
    throw differs(one.moments.length, told(undefined), told(other.moments[one.moments.length]));
  }
  const index = one.moments.findIndex(
    ({ state }, at) => world.views.key(state) !== world.views.key(other.moments[at]!.state),
  );
  if (index < 0) return;
  const message = `Run again from the same state, a life leaves another state behind at ${told(one.moments[index])}.`;
  throw new Unsteady(message, { at: index });
}

function differs(at: number, first: string, second: string): Unsteady {
  return new Unsteady(`Run again from the same state, a life does otherwise: first ${first}; then ${second}.`, { at });
}

function told(moment: Trace['moments'][number] | undefined): string {
  if (!moment) return 'nothing more';
  const { site, occurrence, phase } = moment.point;
  const texts = new Set([moment.site.text, ...moment.text.split('\n')].filter((text) => text !== ''));
  return [`${site}${occurrence === 1 ? '' : `#${occurrence}`}.${phase}`, ...texts].join(', ');
}
