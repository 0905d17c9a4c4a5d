import { activityInfo, defineSignal, setHandler, workflow, activities } from 'crashwise/engine';
import { defineService, durable, queue, withTime, type Scenario } from 'crashwise/simulator';
import type { Site } from '../../src/simulator/life.js';
import { Deadline } from '../../src/simulator/state.js';
import { diskPattern, durableSteps, toyScenario, type Lamp, type toyServices } from './toy.js';

/** A flow in which it matters when a late request arrives, and what may go wrong in it. */
export interface LateFlow {
  readonly name: string;
  readonly scenario: Scenario;
  readonly faults?: readonly string[];
  readonly maxFaults?: number;
  readonly zombies?: boolean;
  /** Whether each request that may be late changes something. */
  readonly allMatter?: boolean;
}

type Client = Record<string, (request?: unknown) => Promise<unknown>>;

const write = (name: string): Site => ({ name, kind: 'record', text: name });
const heard = (request: Promise<unknown>): Promise<void> => request.then(() => {}).catch(() => {});

/** The toy over other services, with an invariant over them. */
function over(
  services: object,
  pattern: Parameters<typeof toyScenario>[0][number],
  holds: (world: never) => boolean,
): Scenario {
  const goal = { property: 'ends', reached: () => true, missed: () => 'It never ends.' };
  const invariants = [{ property: 'never-both', holds, broken: () => 'Both are there.' }];
  return { ...toyScenario([pattern], [], 'at-least-once'), services, goal, invariants } as unknown as Scenario;
}

/** Over a lamp that remembers one key, and of all other flashes whether there were any. */
function counting(patterns: Parameters<typeof toyScenario>[0], keys: readonly string[]): Scenario {
  const lamp = defineService({
    initial: { known: '', flashed: false },
    requests: {
      flash: (state, { key }: { what: string; key?: string }) => {
        if (key !== undefined && key === state.known) return { state, result: 'on', effect: 'refused', text: '' };
        return { state: { known: key ?? state.known, flashed: true }, result: 'on', effect: 'done', text: '' };
      },
    },
  });
  const goal = { property: 'ends', reached: () => true, missed: () => 'It never ends.' };
  return { ...toyScenario(patterns, keys, 'at-least-once'), services: { lamp }, goal } as unknown as Scenario;
}

/** A new key after each answer that it does not get. */
const newKeys = (count: number) =>
  diskPattern({ done: false }, (disk, lamp, life) => {
    void (async () => {
      for (let attempt = 1; !disk.part.done && attempt <= count; attempt += 1) {
        try {
          await lamp.flash({ what: 'a', key: `k${attempt}` });
          await life.call(write('write'), () => void (disk.part = { done: true }));
        } catch {
          await new Promise<void>((resolve) => void life.clock.at(life.now + 1_000, resolve));
        }
      }
    })();
  });

/** Nobody may see the door open while the light is on: in the second of three phases. */
const rooms = {
  lamp: defineService({
    initial: { open: false, wasShut: false },
    requests: {
      flash: ({ wasShut }, { what }: { what: string }) => ({
        state: { open: what === 'open', wasShut: wasShut || what === 'shut' },
        result: null,
        effect: 'none',
        text: '',
      }),
    },
  }),
  light: defineService({
    initial: { phase: 1 },
    requests: { turn: (_state, phase: number) => ({ state: { phase }, result: null, effect: 'none', text: '' }) },
  }),
};

const twoRooms = (pattern: (lamp: Client, light: Client) => Promise<unknown>): Scenario => {
  const disk = diskPattern({}, () => {});
  const start: typeof disk.start = ({ services }) =>
    void pattern(...(Object.values(services as object) as [Client, Client]));
  return over(
    rooms,
    { ...disk, start },
    ({ lamp, light }: { lamp: { open: boolean }; light: { phase: number } }) => !lamp.open || light.phase !== 2,
  );
};

/** It remembers whether it was asked before ten o'clock. */
const early = {
  lamp: defineService({
    initial: { early: false, both: false },
    requests: {
      flash: withTime((nowMs) => (state: { early: boolean; both: boolean }, { what }: { what: string }) => {
        const both = state.both || (what === 'again' && state.early);
        const isEarly = what === 'forget' ? false : state.early || (what === 'ask' && nowMs < TEN_MS);
        return { state: { early: isEarly, both }, result: null, effect: 'none', text: '' };
      }),
    },
  }),
};
const TEN_MS = 10_000;

/** Only a life that died between two of its writes asks again, and only if it was dead until ten. */
const diesEarly = diskPattern(
  { step: 0 },
  (disk, lamp, life) => {
    const step = (n: number): Promise<void> => life.call(write(`step ${n}`), () => void (disk.part = { step: n }));
    void (async () => {
      if (disk.part.step === 0) {
        await heard(lamp.flash({ what: 'ask' }));
        // One of the two gets through.
        for (let n = 1; n <= 2; n += 1) await heard(lamp.flash({ what: 'forget' }));
        await step(1);
        await step(2);
      } else if (disk.part.step === 1) {
        if (life.now >= TEN_MS) await heard(lamp.flash({ what: 'again' }));
        await step(3);
      }
    })();
  },
  ({ step }) => ({ step, ten: new Deadline(TEN_MS) }),
);

const go = defineSignal('go');
const make = ({ lamp }: Lamp) => ({
  flash: (what: string) => lamp.flash({ what, key: activityInfo().idempotencyKey }),
});
const { flash } = activities<ReturnType<typeof make>>();
const signalled = durable({
  workflow: workflow<undefined, unknown>('flow', async () => {
    setHandler(go, () => {});
    await flash('a');
  }),
  activities: make,
  start: { id: 'toy', input: undefined },
  signals: [{ signal: go }],
});

/** Tries that nothing tells apart. */
const sameAgain = diskPattern({ done: false }, (disk, lamp, life) => {
  void (async () => {
    for (let attempt = 1; !disk.part.done && attempt <= 3; attempt += 1) {
      await heard(lamp.flash({ what: 'a' }));
      await life.call(write('write'), () => void (disk.part = { done: attempt > 1 }));
    }
  })();
});

const sideBySide = diskPattern({ done: false }, (disk, lamp, life) => {
  void (async () => {
    if (disk.part.done) return;
    await Promise.all([heard(lamp.flash({ what: 'a', key: 'a' })), heard(lamp.flash({ what: 'b' }))]);
    await life.call(write('write'), () => void (disk.part = { done: true }));
    await heard(lamp.flash({ what: 'a', key: 'a' }));
  })();
});

const message = [{ name: 'flash', data: { id: 'a' } }];

export const lateFlows: readonly LateFlow[] = [
  { name: 'two steps with keys', scenario: toyScenario([durableSteps(2, true)], ['step 1', 'step 2']) },
  {
    name: 'two steps that may happen twice',
    scenario: counting([durableSteps(2, false)], ['step 1', 'step 2']),
    allMatter: true,
  },
  { name: 'the same again and again, and two faults', scenario: counting([sameAgain], ['a']), maxFaults: 2 },
  {
    name: 'side by side, one of them with a key',
    scenario: counting([sideBySide], ['a', 'b']),
    maxFaults: 2,
  },
  { name: 'a new key for each try', scenario: toyScenario([newKeys(3)], ['a']), maxFaults: 2 },
  {
    name: 'a new key for each try, and zombies',
    scenario: toyScenario([newKeys(2)], ['a']),
    maxFaults: 2,
    zombies: true,
  },
  {
    name: 'a queue whose two steps have one key',
    scenario: toyScenario(
      [
        queue<typeof toyServices>({
          messages: message,
          maxDeliveries: 3,
          jobs: ({ services: { lamp } }) => ({
            // Looked up once, and gone with the delivery.
            flash: (job) => lamp.flash({ what: 'a', key: job.id }).then(() => lamp.flash({ what: 'b', key: job.id })),
          }),
        }),
      ],
      ['a'],
      'at-least-once',
    ),
    faults: ['late', 'timeout-after'],
  },
  { name: 'signals', scenario: toyScenario([signalled], ['a']) },
  {
    name: 'two services, and an invariant over both',
    // Once the door is shut, it is opened between two calls to the other service, or too late to matter.
    scenario: twoRooms(async (door, light) => {
      await heard(light['turn']!(1));
      await heard(door['flash']!({ what: 'open' }));
      for (let n = 1; n <= 2; n += 1) await heard(door['flash']!({ what: 'shut' }));
      await heard(light['turn']!(2));
      await heard(light['turn']!(3));
    }),
  },
  {
    name: 'a service that knows the time',
    scenario: over(early, diesEarly, ({ lamp }: { lamp: { both: boolean } }) => !lamp.both),
    allMatter: true,
  },
];
