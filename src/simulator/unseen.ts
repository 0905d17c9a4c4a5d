import type { SimulationRun } from '../results/index.js';
import type { AmbientCall } from '../engine/index.js';
import { ambientCalls } from './ambient-calls.js';
import { goesOutside } from './goes-outside.js';
import { placeAt } from './place-at.js';
import type { World } from './world.js';

type Unseen = NonNullable<SimulationRun['unseen']>;

/**
 * What a run does past the boundaries, as far as it can be found out: lives are run again for that, with an eye on the
 * ambient calls of the scenario's code. `text`: what showed it. `at`: the moment of the last life that showed it.
 */
export async function unseenBy(
  world: World,
  kind: 'unsteady' | 'outside-work',
  { text, at }: { readonly text?: string | undefined; readonly at?: number | undefined },
): Promise<Unseen> {
  const { calls, last } = await ambientCalls(world);
  const goesOn = (one: AmbientCall): boolean => goesOutside(one) || one.call.includes('setImmediate()');
  const meant = kind === 'unsteady' ? calls : calls.filter(goesOn);
  const location = at === undefined ? undefined : placeAt(last?.moments[at]?.location);
  return {
    ...(text === undefined ? {} : { text }),
    ...(location ? { location } : {}),
    calls: meant.flatMap((one) => {
      const place = placeAt(one.location);
      return place ? [{ call: one.call, location: place }] : [];
    }),
  };
}
