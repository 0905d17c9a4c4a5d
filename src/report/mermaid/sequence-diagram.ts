import type { SimulationViolation, StoryStep } from '../../results/index.js';
import { label } from './label.js';
import { laneOf, lanesOf } from './lanes.js';

type Told = Pick<SimulationViolation, 'story' | 'pointOfNoReturn'> & {
  /** Its names are those of the systems outside. */
  readonly expectedWorld?: SimulationViolation['expectedWorld'] | undefined;
};

/**
 * A story as a Mermaid `sequenceDiagram`: a lane for each life and for each who is called, an arrow for each call, a
 * note for what comes of it, for each crash and for the point of no return. Ends without a line break.
 *
 * @example
 * console.log(sequenceDiagram(result.runs[0].violations[0]));
 */
export function sequenceDiagram({ story, pointOfNoReturn, expectedWorld = {} }: Told): string {
  const lives = [...new Set(story.map(({ life }) => life))];
  const called = lanesOf(story, Object.keys(expectedWorld));
  const lane = (site: string): string => `C${called.indexOf(laneOf(site)) + 1}`;
  const all = [`L${lives[0] ?? 1}`, called.length > 0 ? `C${called.length}` : `L${lives.at(-1) ?? 1}`];
  return [
    'sequenceDiagram',
    ...lives.map((life) => `  participant L${life} as life ${life}`),
    ...called.map((name, index) => `  participant C${index + 1} as ${label(name)}`),
    ...story.flatMap((step, index) => [
      `  ${lineOf(step, story[index + 1], lane)}`,
      ...(step.n === pointOfNoReturn ? [`  Note over ${[...new Set(all)].join(',')}: no way back from here`] : []),
    ]),
  ].join('\n');
}

function lineOf(step: StoryStep, next: StoryStep | undefined, lane: (site: string) => string): string {
  const { life, site, phase, kind } = step;
  const text = label(step.text);
  if (kind === 'crash') return `Note over L${life}: ✗ ${text}`;
  if (kind !== 'step') return `Note over L${life}: ${text}`;
  if (phase === 'acknowledged') return `${lane(site)}-->>L${life}: ${text}`;
  if (phase === 'landed') return `Note over ${lane(site)}: ${text}`;
  // Told before its call is what led to it: a request came in, the sweeper runs.
  const leadsToCall = phase === 'before' && next !== undefined && isSameCall(step, next);
  return leadsToCall ? `Note over L${life}: ${text}` : `L${life}->>${lane(site)}: ${text}`;
}

function isSameCall(one: StoryStep, two: StoryStep): boolean {
  return two.kind === 'step' && two.life === one.life && two.site === one.site && two.phase === one.phase;
}
