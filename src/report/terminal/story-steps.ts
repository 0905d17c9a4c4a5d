import type { SimulationViolation, StoryStep } from '../../results/index.js';

/** A story up to this long is told whole, even if it begins like one that was told before. */
const SHORT_STORY = 20;
const WORTH_SKIPPING = 4;

/** Steps that say the same one after the other are told once. */
export function together(story: readonly StoryStep[]): { step: StoryStep; times: number }[] {
  const groups: { step: StoryStep; times: number }[] = [];
  for (const step of story) {
    const last = groups.at(-1);
    if (last && step.kind === 'step' && alike(last.step, step)) last.times += 1;
    else groups.push({ step, times: 1 });
  }
  return groups;
}

/** The longest beginning that a story told above has too; the point of no return is always told again. */
export function alreadyTold(
  { story, pointOfNoReturn = Infinity }: SimulationViolation,
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
