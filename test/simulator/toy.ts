import { activities, activityInfo, workflow } from 'crashwise/engine';
import { defineScenario, defineService, durable, type Scenario, type ServiceClients } from 'crashwise/simulator';
import type { Pattern } from '../../src/simulator/pattern.js';
import type { Life } from '../../src/simulator/life.js';
import type { EffectClass } from '../../src/simulator/ledger.js';
import type { Resource } from '../../src/simulator/state.js';

/** A service that does what it is asked, and knows keys if it is given one. */
const lamp = defineService({
  initial: { flashes: [] as readonly string[] },
  requests: {
    flash(state, { key }: { what: string; key?: string }) {
      if (key !== undefined && state.flashes.includes(key)) {
        return { state, result: 'on', effect: 'refused', text: 'the lamp knows this' };
      }
      return {
        state: { flashes: [...state.flashes, key ?? ''] },
        result: 'on',
        effect: 'done',
        text: 'the lamp flashes',
      };
    },
  },
});

export const toyServices = { lamp };

export type Lamp = ServiceClients<typeof toyServices>;

/** A flow over one lamp: exactly as many flashes as there are keys. */
export function toyScenario(
  patterns: readonly Pattern[],
  keys: readonly string[],
  kind: EffectClass = 'exactly-once',
): Scenario {
  return defineScenario({
    name: 'toy',
    title: 'flash a lamp',
    services: toyServices,
    keys,
    steps: [
      {
        title: 'flash',
        effect: 'lamp.flash',
        class: kind,
        property: 'flashed-once',
        key: ({ what }: { what: string }) => what,
        text: ({ what }: { what: string }) => `flash ${what}`,
        twice: (key) => `${key} flashed twice.`,
        never: (key) => `${key} never flashed.`,
      },
    ],
    goal: {
      property: 'ends',
      reached: (world) => world.lamp.flashes.length > 0,
      missed: (where) => `It never ends: ${where}.`,
    },
    patterns,
    assumes: [],
  }) as unknown as Scenario;
}

type Flash = (what: string) => Promise<string>;

/** The engine running a flow of flashes; `flash` is the activity over the lamp, by default with the engine's key. */
export function durableFlow(
  flow: (flash: Flash) => Promise<unknown>,
  flash: (client: Lamp['lamp'], what: string) => Promise<string> = (client, what) =>
    client.flash({ what, key: activityInfo().idempotencyKey }),
): Pattern {
  const make = ({ lamp: client }: Lamp) => ({ flash: (what: string) => flash(client, what) });
  const proxy = activities<ReturnType<typeof make>>();
  return durable({
    workflow: workflow('flow', () => flow(proxy.flash)),
    activities: make,
    start: { id: 'toy', input: undefined as never },
  });
}

/** The engine running `count` steps in a row, with or without the engine's key. */
export function durableSteps(count: number, keyed: boolean): Pattern {
  const flow = async (flash: Flash): Promise<void> => {
    for (let i = 1; i <= count; i += 1) await flash(`step ${i}`);
  };
  return keyed ? durableFlow(flow) : durableFlow(flow, (client, what) => client.flash({ what }));
}

/** A hand-made machinery over a small disk. */
export function diskPattern<Part>(
  initial: Part,
  start: (disk: { part: Part }, lamp: Lamp['lamp'], life: Life) => void,
  view: (part: Part) => unknown = (part) => part,
  dropped?: (part: Part) => unknown,
): Pattern {
  const disk = (): Resource => ({
    name: 'disk',
    part: initial,
    view: (part) => view(part as Part),
    ...(dropped ? { dropped: (part: unknown) => dropped(part as Part) } : {}),
  });
  return {
    name: 'queue',
    subject: 'model',
    title: 'a disk',
    resources: () => [disk()],
    start: ({ life, services }, [resource]) => start(resource as { part: Part }, (services as Lamp).lamp, life),
    where: () => 'on the disk',
    assumes: [],
    projections: [],
    oneCommit: false,
  };
}
