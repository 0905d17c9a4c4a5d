import type { Trace } from '../trace.js';
import type { World } from '../world.js';

/**
 * The first life as it goes without any choice. To be compared with another run of it (`mustAgree`): what the code keeps
 * in module variables, or draws at random, shows as a difference.
 */
export async function firstLife(world: World): Promise<Trace> {
  // What Node makes for them on their first use would count as work of the life that prints first.
  void [process.stdout, process.stderr];
  return world.life(world.initial, { choices: [], faults: [] });
}
