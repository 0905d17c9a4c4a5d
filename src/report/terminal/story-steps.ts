import type { SimulationViolation, StoryStep } from '../../results/index.js';

/** A story up to this long is told whole, even if it begins like one that was told before. */
const SHORT_STORY = 20;
const WORTH_SKIPPING = 4;

/** A step as it is told; with it begin `steps` steps that come so many times in a row, and are told once. */
interface ToldStep {
  readonly step: StoryStep;
  readonly steps: number;
  readonly times: number;
}

/** What says the same several times in a row, one step or a few together, is told once. */
export function together(story: readonly StoryStep[]): ToldStep[] {
  const groups: ToldStep[] = [];
  for (let at = 0; at < story.length;) {
    const { length, times } = repetitionAt(story, at);
    for (let i = 0; i < length; i += 1) {
      groups.push({ step: story[at + i]!, steps: i === 0 ? length : 1, times: i === 0 ? times : 1 });
    }
    at += length * times;
  }
  return groups;
}

const LONGEST_ROUND = 16;

/** The shortest round of steps that begins here and comes again right after, and how often it comes. */
function repetitionAt(story: readonly StoryStep[], at: number): { length: number; times: number } {
  for (let length = 1; length <= LONGEST_ROUND; length += 1) {
    const isSame = (from: number): boolean =>
      from + length <= story.length &&
      Array.from({ length }, (_, i) => i).every((i) => isRepeatable(story[at + i]!, story[from + i]!));
    let times = 1;
    while (isSame(at + times * length)) times += 1;
    if (times > 1) return { length, times };
  }
  return { length: 1, times: 1 };
}

function isRepeatable(one: StoryStep, two: StoryStep): boolean {
  return one.kind === 'step' && alike(one, two);
}

/** The longest beginning that a story told above has too; the point of no return is always told again. */
export function alreadyTold(
  { story, pointOfNoReturn = Infinity }: Pick<SimulationViolation, 'story' | 'pointOfNoReturn'>,
  above: readonly SimulationViolation[],
): { property: string; steps: number } | undefined {
  if (story.length <= SHORT_STORY) return undefined;
  const shared = above.map(({ property, story: other }) => {
    const differs = story.findIndex((step, at) => !other[at] || !alike(other[at], step) || step.n >= pointOfNoReturn);
    return { property, steps: differs < 0 ? story.length - 1 : differs };
  });
  const best = shared.toSorted((one, two) => two.steps - one.steps)[0];
  return best && best.steps >= WORTH_SKIPPING ? best : undefined;
}

function alike(one: StoryStep, two: StoryStep): boolean {
  return one.life === two.life && one.kind === two.kind && one.text === two.text;
}
