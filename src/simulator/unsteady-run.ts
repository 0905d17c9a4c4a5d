import type { SimulationRun } from '../results/index.js';
import { certificate } from './certificate.js';
import { describeRun } from './describe-run.js';
import { unseenBy } from './unseen.js';
import { Unsteady } from './unsteady.js';
import type { World } from './world.js';

/** What `search` comes to; where a life turns out to be unsteady, a run that says so and counts nothing that was found. */
export async function unlessUnsteady(world: World, search: () => Promise<SimulationRun>): Promise<SimulationRun> {
  try {
    return await search();
  } catch (error) {
    if (!(error instanceof Unsteady)) throw error;
    return unsteadyRun(world, error);
  }
}

async function unsteadyRun(world: World, { message, at }: Unsteady): Promise<SimulationRun> {
  return {
    ...describeRun(world),
    verdict: 'inconclusive',
    closed: false,
    states: 0,
    lives: 0,
    crashPoints: 0,
    edges: 0,
    stoppedBy: 'unsteady',
    unseen: await unseenBy(world, 'unsteady', { text: message, at }),
    certificate: {
      ...certificate(world, new Set(), { checked: 0, of: 0, complete: true, mismatch: undefined }, []),
      crashes: 'bounded',
      schedules: 'none',
      projections: [],
    },
    coverage: { points: { hit: 0, of: 0 }, edges: { hit: 0 }, pairs: { hit: 0 }, sometimes: [] },
    twiceAllowed: [],
    matrix: [],
    violations: [],
    rates: { statesPerSecond: 0, livesPerSecond: 0 },
  };
}
