import { queue, type QueueOptions, type QueueTools, type Scenario } from 'crashwise/simulator';
import signup from '../../scenarios/signup/scenario.js';
import type { Site } from '../../src/simulator/life.js';
import { diskPattern, durableSteps, toyScenario, type toyServices } from './toy.js';

/** A flow so small that all that can happen to it can be run one by one. */
export interface SmallFlow {
  readonly name: string;
  readonly scenario: Scenario;
  readonly faults?: readonly string[];
  readonly maxFaults?: number;
  /** How many lives it takes to break all that breaks. */
  readonly lives: number;
}

const write: Site = { name: 'disk.write', kind: 'record', text: 'write to the disk' };
const one = [{ name: 'flash', data: { id: 'a' } }];

function ofQueue(options: Partial<QueueOptions<QueueTools<typeof toyServices>>>): Scenario {
  const jobs: QueueOptions<QueueTools<typeof toyServices>>['jobs'] = ({ services: { lamp } }) => ({
    flash: (job) => lamp.flash({ what: 'a', key: job.id }),
  });
  return toyScenario([queue<typeof toyServices>({ messages: one, jobs, ...options })], ['a']);
}

/** An error ends the process, as it does a script; nothing is tried again before the next life. */
function attempt(run: () => Promise<unknown>): void {
  void run().catch(() => {});
}

const patient = diskPattern({ starts: 0 }, (disk, lamp, life) => {
  attempt(async () => {
    if (disk.part.starts < 2) await life.call(write, () => void (disk.part = { starts: disk.part.starts + 1 }));
    if (disk.part.starts < 2) await new Promise(() => {}); // Comes no further in its first life.
    await lamp.flash({ what: 'a' });
  });
});

/** Each time that it hears of an error it takes another key. */
const nervous = diskPattern({ done: false }, (disk, lamp, life) => {
  attempt(async () => {
    if (disk.part.done) return;
    for (const key of ['a', 'a', 'b']) {
      const heard = await lamp.flash({ what: 'a', key }).then(
        () => true,
        () => false,
      );
      if (heard) break;
    }
    await life.call(write, () => void (disk.part = { done: true }));
  });
});

/** Written down before it is done, in two places: one crash loses the first, another one both. */
const early = diskPattern({ begun: 0 }, (disk, lamp, life) => {
  attempt(async () => {
    for (const [index, what] of ['a', 'b'].entries()) {
      if (disk.part.begun > index) continue;
      await life.call(write, () => void (disk.part = { begun: index + 1 }));
      await lamp.flash({ what, key: what });
    }
  });
});

/** Which of two answers comes first is not up to it, and only one of them is harmless. */
const race = diskPattern({}, (_, lamp, life) => {
  attempt(async () => {
    const call = (name: string): Promise<string> => life.call({ name, kind: 'other', text: '' }, () => name);
    const first = await Promise.race([call('one'), call('other')]);
    await lamp.flash({ what: 'a' });
    if (first === 'other') await lamp.flash({ what: 'a' });
  });
});

const sideBySide = diskPattern({}, (_, lamp) => {
  attempt(() => Promise.all([lamp.flash({ what: 'a', key: 'a' }), lamp.flash({ what: 'b' })]));
});

export const smallFlows: readonly SmallFlow[] = [
  {
    name: 'signup, accidental',
    scenario: { ...signup, patterns: signup.patterns.filter(({ name }) => name === 'accidental') } as never,
    lives: 3,
  },
  { name: 'one step without a key', scenario: toyScenario([durableSteps(1, false)], ['step 1']), lives: 3 },
  {
    name: 'one step with a key, and errors',
    scenario: toyScenario([durableSteps(1, true)], ['step 1']),
    faults: ['permanent-error'],
    maxFaults: 1,
    lives: 2,
  },
  { name: 'two steps side by side', scenario: toyScenario([sideBySide], ['a', 'b']), lives: 3 },
  { name: 'a flow that survives one crash', scenario: toyScenario([patient], ['a']), lives: 3 },
  { name: 'a flow that writes too early', scenario: toyScenario([early], ['a', 'b']), lives: 3 },
  {
    name: 'a flow that survives one time-out',
    scenario: toyScenario([nervous], ['a']),
    faults: ['timeout-after'],
    lives: 2,
  },
  {
    name: 'a flow that survives one late request',
    scenario: toyScenario([nervous], ['a']),
    faults: ['late'],
    lives: 2,
  },
  { name: 'a queue that parks', scenario: ofQueue({ maxDeliveries: 2 }), lives: 3 },
  { name: 'a queue that parks, and errors', scenario: ofQueue({ maxDeliveries: 2 }), faults: ['error'], lives: 3 },
  {
    name: 'a queue whose job has no key',
    scenario: ofQueue({ jobs: ({ services: { lamp } }) => ({ flash: () => lamp.flash({ what: 'a' }) }) }),
    lives: 3,
  },
  { name: 'two answers in any order', scenario: toyScenario([race], ['a']), lives: 2 },
];

/** For scenario files, which are found by path. */
export function smallFlow(name: string): Scenario {
  const found = smallFlows.find((flow) => flow.name === name);
  if (!found) throw new Error(`There is no small flow "${name}".`);
  return found.scenario;
}
