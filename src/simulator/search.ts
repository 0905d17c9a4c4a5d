import type { SimulationRun } from '../results/index.js';
import { explore, type Budget, type Exploration, type Progress } from './explore/closure.js';
import { checkProjections, type ProjectionCheck } from './oracle/projections.js';
import { unsoundSaturations } from './oracle/saturation.js';
import type { World } from './world.js';

/** What a search came to, and what it rests on. */
export interface Searched {
  readonly found: Exploration;
  readonly projections: ProjectionCheck;
  /** What makes it prove nothing, in words. */
  readonly hazards: readonly string[];
  readonly strays: readonly string[];
  readonly stoppedBy: SimulationRun['stoppedBy'];
  readonly verdict: SimulationRun['verdict'];
}

/** Explores a world and judges what was found: `proved` only if it closed, and if the keys hold what they claim. */
export async function search(
  world: World,
  budget: Budget,
  onProgress: (progress: Progress) => void,
): Promise<Searched> {
  const found = await explore(world, budget, onProgress);
  // From a state of a process that never rests, the lives may be without number.
  const pairs = found.stoppedBy === 'closed' ? found : { ...found, merged: [] };
  const projections = await checkProjections(world, pairs, budget.stopped);
  const hazards = [...((await world.pattern.hazards?.(found.rests)) ?? []), ...unsoundSaturations(world, pairs.merged)];
  await stragglers();
  const unsound = projections.mismatch !== undefined || !projections.complete || hazards.length > 0;
  const closed = found.stoppedBy === 'closed';
  const strays = [...world.strays].sort().map((site) => `${site}, called by a life that seemed to rest`);
  const stoppedBy =
    strays.length > 0 ? 'outside-work' : closed && unsound ? (budget.stopped() ?? 'projection') : found.stoppedBy;
  const verdict = found.violations.length > 0 ? 'violated' : stoppedBy === 'closed' ? 'proved' : 'inconclusive';
  return { found, projections, hazards, strays, stoppedBy, verdict };
}

/** Gives what goes on past the boundaries, in a thread of its own say, the time to show itself. */
function stragglers(): Promise<void> {
  return new Promise((resolve) => {
    setTimeout(resolve, 20);
  });
}
