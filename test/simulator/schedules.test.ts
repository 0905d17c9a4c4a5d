import { explore, simulate, World, type Scenario } from 'crashwise/simulator';
import { describe, expect, test } from 'vitest';
import { faultBudget } from '../../src/simulator/fault-budget.js';
import { replaySchedule } from '../../src/simulator/replay-schedule.js';
import { diskPattern, durableSteps, toyScenario } from './toy.js';

// Goal: a schedule that is run again shows what happens in it, whatever comes of it, and one that does not fit says so.

const allowed = toyScenario([durableSteps(1, false)], ['step 1'], 'at-least-once');

async function rerun(scenario: Scenario, schedule: string) {
  const { runs } = await simulate({ scenarios: [scenario], schedule });
  return runs[0]!;
}

test('one that breaks nothing has its story, and what happened twice and may', async () => {
  const { verdict, stoppedBy, story, twiceAllowed } = await rerun(allowed, 'durable:lamp.flash.landed');
  expect({ verdict, stoppedBy }).toEqual({ verdict: 'inconclusive', stoppedBy: 'schedule' });
  expect(story!.filter(({ text }) => text === 'the lamp flashes').map(({ life }) => life)).toEqual([1, 2]);
  expect(story!.filter(({ kind }) => kind === 'crash')).toMatchObject([{ site: 'lamp.flash', phase: 'landed' }]);
  expect(story!.at(-1)).toMatchObject({ kind: 'rest', text: 'everything rests, and execution toy is completed' });
  expect(twiceAllowed).toMatchObject([{ effect: 'lamp.flash', crashes: 1, schedule: 'durable:lamp.flash.landed' }]);
});

test('one that breaks a property has the story of the violation instead', async () => {
  const { verdict, story, violations } = await rerun(
    toyScenario([durableSteps(1, false)], ['step 1']),
    'durable:lamp.flash.landed',
  );
  expect({ verdict, story }).toEqual({ verdict: 'violated', story: undefined });
  expect(violations).toMatchObject([{ property: 'flashed-once', schedule: 'durable:lamp.flash.landed' }]);
});

test.each([
  ['a site that the life never comes to', 'durable:lamp.flsh.landed', /never comes to lamp\.flsh\.landed\. It comes/],
  ['more choices than the life has', 'durable:~7.7.7', /has 0 choices, and the schedule takes 3/],
  ['a way that the choice does not have', 'durable:lamp.flash.landed/~9', /has 2 ways, and way 10 was to be taken/],
])('%s: the schedule does not fit, the scenario is not at fault', async (_, schedule, message) => {
  await expect(rerun(allowed, schedule)).rejects.toMatchObject({
    code: 'schedule-misfit',
    message: expect.stringMatching(message),
  });
});

test('one that breaks a count before its last choice is run again as it was printed', async () => {
  const pattern = diskPattern({}, (_, lamp) => {
    void (async () => {
      await lamp.flash({ what: 'a' });
      await Promise.all([lamp.flash({ what: 'b', key: 'b' }), lamp.flash({ what: 'c', key: 'c' })]);
    })();
  });
  const scenario = toyScenario([pattern], ['a', 'b', 'c']);
  const { verdict, violations } = await rerun(scenario, 'queue:lamp.flash.landed/~0.1');
  expect(verdict).toBe('violated');
  expect(violations).toMatchObject([
    { property: 'flashed-once', sentence: expect.stringMatching(/^a flashed twice\./) },
  ]);
});

describe('two processes whose calls have the same names', () => {
  const zombies = { faults: ['error'], zombies: true } as const;

  test('a fault, or a crash, of the second one is told from one of the first', async () => {
    const fault = await rerun(allowed, 'durable:!pause-before=lamp.flash!error=2*lamp.flash');
    expect(fault.story!.filter(({ kind }) => kind === 'fault').map(({ life, text }) => `${life} ${text}`)).toEqual([
      '1 pause-before: this process stands still, and another takes over',
      '2 error: it fails before it arrives',
    ]);
    const { story } = await rerun(allowed, 'durable:!pause-before=lamp.flash@2*lamp.flash.landed');
    expect(story!.find(({ kind }) => kind === 'crash')).toMatchObject({ life: 2, site: 'lamp.flash', phase: 'landed' });
    await expect(rerun(allowed, 'durable:2*lamp.flash.landed')).rejects.toMatchObject({ code: 'schedule-misfit' });
  });

  test('all that an exhaustive search finds in them can be run again', async () => {
    const twice = diskPattern({ writes: 0 }, (disk, lamp, life) => {
      void (async () => {
        if (disk.part.writes > 0) return;
        await lamp.flash({ what: 'a', key: 'a' }).catch(() => {});
        life.clock.at(life.now + 1_000, () => void lamp.flash({ what: 'a', key: 'a' }).catch(() => {}));
        await life.call(
          { name: 'disk.write', kind: 'record', text: '' },
          () => void (disk.part = { writes: disk.part.writes + life.number }),
        );
      })();
    });
    const scenario = toyScenario([twice], ['a']);
    const world = new World(scenario, scenario.patterns[0]!, faultBudget({ ...zombies, maxFaults: 2 }));
    const { nodes, stoppedBy } = await explore(world, { maxStates: 10_000, stopped: () => undefined });
    expect({ stoppedBy, second: JSON.stringify(nodes).includes('"life":2') }).toEqual({
      stoppedBy: 'closed',
      second: true,
    });
    for (const { key, lives } of nodes.slice(1)) {
      const schedule = { pattern: 'queue', lives: [...lives, { choices: [], faults: [] }] };
      const { end } = (await replaySchedule(world, schedule)).lives.at(-2)!;
      expect(world.views.key(end)).toBe(key);
    }
  });
});
