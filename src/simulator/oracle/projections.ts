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
 * Holds the keys to their claim: whatever follows from a state that was merged into another one, a key or a broken
 * property, must follow from that one or have been found elsewhere. Then nothing is missed by running only one of them.
 * Pairs whose lives were run before are taken from memory.
 */
export async function checkProjections(
  world: World,
  {
    merged,
    pairs,
    nodes,
    violations,
    futures: run,
  }: Pick<Exploration, 'merged' | 'pairs' | 'nodes' | 'violations' | 'futures'>,
  stopped: () => unknown,
): Promise<ProjectionCheck> {
  const futures = new Map(run);
  const broken = new Set(violations.map(({ property }) => `breaks ${property}`));
  const reached = new Map(nodes.map(({ key, state }) => [key, state.spent]));
  // A state that was reached with fewer faults has all the futures that it has with more.
  const isFound = (line: string): boolean => {
    const space = line.indexOf(' ');
    return broken.has(line) || (reached.get(line.slice(space + 1)) ?? Infinity) <= Number(line.slice(0, space));
  };
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
    const known = new Set(one.split('\n'));
    if (one !== other && other.split('\n').some((line) => !known.has(line) && !isFound(line)))
      return { checked, of: pairs, complete: false, mismatch: pair };
    checked += 1;
  }
  return { checked, of: pairs, complete: checked === merged.length, mismatch: undefined };
}
