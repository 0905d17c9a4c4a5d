import { brokenEffects, brokenInvariants, missedBy } from '../../src/simulator/oracle/breach.js';
import type { DurableState } from '../../src/simulator/state.js';
import { hasEnded } from '../../src/simulator/trace.js';
import type { World } from '../../src/simulator/world.js';

export interface Fewest {
  /** By property: the fewest other faults that break it, and the fewest crashes that do with so many. */
  readonly broken: ReadonlyMap<string, { readonly faults: number; readonly crashes: number }>;
  /** How many lives were run: none is left out because another led to the same state. */
  readonly lives: number;
}

/**
 * Runs every sequence of so many lives: no keys, no graph, no order of the search. Each life is cut at each of its
 * moments, in each of its orders. Only for small flows, and for a world that reduces nothing.
 */
export async function bruteForce(world: World, maxLives: number): Promise<Fewest> {
  const fewest = new Map<string, { faults: number; crashes: number }>();
  let lives = 0;
  const broken = (property: string, { spent: faults }: DurableState, crashes: number): void => {
    const before = fewest.get(property);
    if (before && (before.faults < faults || (before.faults === faults && before.crashes <= crashes))) return;
    fewest.set(property, { faults, crashes });
  };

  async function from(state: DurableState, depth: number): Promise<void> {
    for await (const trace of world.lives(state)) {
      lives += 1;
      for (const moment of trace.moments) {
        for (const { property } of [...brokenEffects(world, moment.state), ...brokenInvariants(world, moment.state)]) {
          broken(property, moment.state, depth);
        }
      }
      if (!hasEnded(trace)) throw new Error(`A life ended in ${trace.end}: too large for brute force.`);
      for (const { property } of missedBy(world, trace)) broken(property, trace.rest, depth);
      if (depth + 1 === maxLives) continue;
      let last: DurableState | undefined;
      for (const moment of trace.moments) {
        // As in the exhaustive search, no crash makes a broken count good again.
        if (moment.state === last || brokenEffects(world, moment.state).length > 0) continue;
        last = moment.state;
        await from(moment.state, depth + 1);
      }
    }
  }

  await from(world.initial, 0);
  return { broken: fewest, lives };
}
