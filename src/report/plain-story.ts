import type { SimulationViolation } from '../results/index.js';
import { price } from './terminal/words.js';

type Told = Pick<
  SimulationViolation,
  'story' | 'pointOfNoReturn' | 'crashes' | 'faults' | 'reproduce' | 'hint' | 'location'
>;

/** The story of a violation and how to see it again, as plain text, for reports that know no layout. */
export function plainStory(violation: Told): string {
  const { story, pointOfNoReturn, reproduce, hint, location } = violation;
  const width = String(story.length).length;
  const steps = story.map(({ n, life, phase, kind, text }) => {
    // What happens outside happens in no life; a crash says itself which one it ends.
    const who = kind === 'step' && phase === 'before' ? `life ${life}: ` : '';
    const note = n === pointOfNoReturn ? '   <- no way back from here' : '';
    return `${String(n).padStart(width)}  ${who}${text}${note}`;
  });
  return [
    `It takes ${price(violation)}:`,
    ...steps,
    ...(location ? [`at ${location.file}:${location.line}`] : []),
    ...(hint === undefined ? [] : [`try: ${hint}`]),
    `again: ${reproduce.command}`,
  ].join('\n');
}
