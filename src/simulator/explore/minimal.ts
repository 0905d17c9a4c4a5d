import type { Refinement } from '../oracle/refinement.js';
import type { LifePlan } from '../schedule.js';
import type { World } from '../world.js';
import type { Violation } from './findings.js';
import { followed } from './follower.js';
import { playOut } from './play-out.js';

/**
 * The violation with everything taken away that it does not need: in the end no single crash, fault or choice can go
 * without the property being kept. What is left is not the least that there is: two could go together.
 */
export async function minimal(world: World, violation: Violation, refinement?: Refinement): Promise<Violation> {
  let best = violation;
  for (let smaller: Violation | undefined = best; smaller;) {
    best = smaller;
    smaller = undefined;
    for (const lives of withOneLess(best.schedule.lives)) {
      const found = await brokenBy(world, lives, best.property, refinement);
      if (!found || sizeOf(found) >= sizeOf(best)) continue;
      smaller = found;
      break;
    }
  }
  return best;
}

/** How these lives break the property, followed as far as they fit; undefined if they do not. */
export async function brokenBy(
  world: World,
  lives: readonly LifePlan[],
  property: string,
  refinement?: Refinement,
): Promise<Violation | undefined> {
  for await (const { findings } of playOut(world, lives.map(followed), refinement)) {
    const found = findings.violations.find((violation) => violation.property === property);
    if (found) return found;
  }
  return undefined;
}

/** Each way to take one crash, one fault or one choice away. */
export function* withOneLess(lives: readonly LifePlan[]): Generator<readonly LifePlan[]> {
  for (const [index, life] of lives.entries()) {
    const changed = (to: LifePlan): readonly LifePlan[] => lives.with(index, to);
    if (life.crash) yield lives.toSpliced(index, 1);
    for (const at of life.faults.keys()) yield changed({ ...life, faults: life.faults.toSpliced(at, 1) });
    for (const [at, choice] of life.choices.entries()) {
      if (choice > 0) yield changed({ ...life, choices: life.choices.with(at, 0) });
    }
  }
}

function sizeOf({ schedule }: Violation): number {
  const parts = schedule.lives.map(
    ({ crash, faults, choices }) => (crash ? 1 : 0) + faults.length + choices.filter((choice) => choice > 0).length,
  );
  return parts.reduce((sum, part) => sum + part, 0);
}
