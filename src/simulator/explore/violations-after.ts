import { Refinement } from '../oracle/refinement.js';
import { isAt } from '../point.js';
import type { LifePlan } from '../schedule.js';
import { hasEnded } from '../trace.js';
import type { World } from '../world.js';
import { Findings, type Violation } from './findings.js';
import { minimal } from './minimal.js';
import { distinctMoments } from './play-out.js';

/**
 * What the life after these ones breaks, whichever way it goes. Nothing if they do not go as planned, which is where they
 * were put together, and not run.
 */
export async function violationsAfter(
  world: World,
  lives: readonly LifePlan[],
  stopped: () => unknown,
): Promise<readonly Violation[]> {
  let state = world.initial;
  for (const plan of lives) {
    const { end, moments, misfit } = await world.life(state, plan, { until: ({ point }) => isAt(point, plan.crash) });
    if (end !== 'stopped' || misfit !== undefined || stopped()) return [];
    state = moments.at(-1)!.state;
  }
  const refinement = await Refinement.of(world);
  const findings = new Findings(world, refinement);
  for await (const trace of world.lives(state)) {
    for (const index of distinctMoments(trace)) {
      const choices = () => trace.choices.filter(({ at }) => at <= index);
      findings.pass(trace.moments[index]!.state, lives, choices);
    }
    if (hasEnded(trace)) findings.end(trace, lives);
    if (stopped()) break;
  }
  const found: Violation[] = [];
  for (const violation of findings.violations) found.push(await minimal(world, violation, refinement));
  return found;
}
