import type { AmbientCall } from '../engine/index.js';
import { firstLife } from './explore/first-life.js';
import { mustRepeat } from './steadiness.js';
import { hasEnded, type Trace } from './trace.js';
import { traced } from './traced.js';
import type { World } from './world.js';

/**
 * Runs the first life once more at the end of a search: what a clock goes into differs by now, and so does what outlives a
 * life. Throws `scenario-unsteady`. Returns the ambient calls of the scenario's code, which made no difference.
 */
export async function repeatFirst(world: World, first: Trace): Promise<readonly AmbientCall[]> {
  if (first.end === 'endless') return [];
  const { value: again, calls } = await traced(() => firstLife(world));
  if (hasEnded(first)) mustRepeat(world, first, again);
  return calls;
}
