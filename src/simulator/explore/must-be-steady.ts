import { mustAgree } from '../steadiness.js';
import type { World } from '../world.js';

/** Runs the first life twice: what the code keeps in module variables, or draws at random, shows as a difference. */
export async function mustBeSteady(world: World): Promise<void> {
  // What Node makes for them on their first use would count as work of the life that prints first.
  void [process.stdout, process.stderr];
  const plan = { choices: [], faults: [] };
  const one = await world.life(world.initial, plan);
  mustAgree(one, await world.life(world.initial, plan), 0);
}
