import type { SimulationRun } from '../results/index.js';
import { ambientCalls } from './ambient-calls.js';
import { placeAt } from './place-at.js';
import type { World } from './world.js';

type Unseen = NonNullable<SimulationRun['unseen']>;

/** Calls that may go on when nothing else does. */
const WAITS = /^(?:set(?:Timeout|Interval|Immediate)|timers|fetch|new |fs|child_process|dns|https?2?|net|tls|dgram)\b/;

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
  const meant = kind === 'unsteady' ? calls : calls.filter(({ call }) => WAITS.test(call) && !call.endsWith('Sync()'));
  const location = at === undefined ? undefined : placeAt(last?.moments[at]?.location);
  return {
    ...(text === undefined ? {} : { text }),
    ...(location ? { location } : {}),
    calls: meant.flatMap(({ call, location: place }) => ({ call, location: placeAt(place)! })),
  };
}
