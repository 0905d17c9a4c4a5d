import type { Exploration } from '../explore/closure.js';
import type { MergedPair } from '../explore/graph.js';
import type { DurableState } from '../state.js';
import type { World } from '../world.js';
import { Future } from './future.js';

/** How many pairs of merged states were run, and the first pair that does not behave alike. */
export interface ProjectionCheck {
  readonly checked: number;
  readonly of: number;
  /** False if the search was stopped before all pairs that were kept had been run. */
  readonly complete: boolean;
  readonly mismatch: MergedPair | undefined;
}

/**
 * Holds the keys to their claim: from two states with one key, the same keys must follow and the same properties be
 * broken. Pairs whose lives were run before are taken from memory.
 */
export async function checkProjections(
  world: World,
  { merged, pairs, futures: known }: Pick<Exploration, 'merged' | 'pairs' | 'futures'>,
  stopped: () => unknown,
): Promise<ProjectionCheck> {
  const futures = new Map(known);
  const futureOf = async (state: DurableState): Promise<string | undefined> => {
    const future = futures.get(state) ?? (await Future.of(world, state, stopped));
    if (future !== undefined) futures.set(state, future);
    return future;
  };
  let checked = 0;
  for (const pair of merged) {
    if (stopped()) break;
    const [one, other] = [await futureOf(pair.kept), await futureOf(pair.merged)];
    if (one === undefined || other === undefined) break;
    if (one !== other) return { checked, of: pairs, complete: false, mismatch: pair };
    checked += 1;
  }
  return { checked, of: pairs, complete: checked === merged.length, mismatch: undefined };
}
