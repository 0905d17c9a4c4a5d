import type { Exploration } from '../explore/closure.js';

/** Whether two closed searches have come to the same states, and from each to the same states and ends. */
export function sameGraph(one: Exploration, other: Exploration): boolean {
  const [edges, others] = [edgesOf(one), edgesOf(other)];
  return edges.size === others.size && [...edges].every(([key, edge]) => others.get(key) === edge);
}

function edgesOf({ nodes, futures }: Exploration): ReadonlyMap<string, string | undefined> {
  return new Map(nodes.map(({ key, state }) => [key, futures.get(state)]));
}
