import type { AmbientCall } from '../engine/index.js';
import type { Trace } from './trace.js';
import { traced } from './traced.js';
import { Unsteady } from './unsteady.js';
import type { World } from './world.js';

/**
 * The ambient calls that the scenario's code makes in the first life and in the one that was run last, which are run again
 * for that. `last`: how the latter went, if it did.
 */
export async function ambientCalls(
  world: World,
): Promise<{ readonly calls: readonly AmbientCall[]; readonly last: Trace | undefined }> {
  const { latest } = world;
  const first = { state: world.initial, plan: { choices: [], faults: [] } };
  const found = new Map<string, AmbientCall>();
  let last: Trace | undefined;
  for (const { state, plan } of [first, ...(latest ? [latest] : [])]) {
    // It may well go otherwise now.
    const life = (): Promise<Trace | undefined> =>
      world.life(state, plan, { locate: true }).catch((error: unknown) => {
        if (error instanceof Unsteady) return undefined;
        throw error;
      });
    const { value, calls } = await traced(life);
    last = value;
    for (const one of calls) found.set(`${one.call} ${one.location}`, one);
  }
  return { calls: [...found.values()], last };
}
