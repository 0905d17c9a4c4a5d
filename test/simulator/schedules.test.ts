import { simulate, type Scenario } from 'crashwise/simulator';
import { expect, test } from 'vitest';
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
  expect(violations).toMatchObject([{ property: 'flashed-once', sentence: 'a flashed twice.' }]);
});
