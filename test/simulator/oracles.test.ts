import { activityInfo } from 'crashwise/engine';
import { defineService, simulate, type Scenario } from 'crashwise/simulator';
import { expect, test } from 'vitest';
import type { Pattern } from '../../src/simulator/pattern.js';
import { diskPattern, durableFlow, toyScenario, type Lamp } from './toy.js';

// Goal: each oracle finds what it is for, finds nothing in the repaired flow, and the others alone would not have.

async function run(scenario: Scenario) {
  const { runs } = await simulate({ scenarios: [scenario] });
  return runs[0]!;
}

/** Two accounts; a transfer is two requests. */
const bank = defineService({
  initial: { from: 1, to: 0, done: [] as readonly string[] },
  requests: {
    flash: ({ from, to, done }, { what, key = what }: { what: string; key?: string }) => {
      if (done.includes(key)) return { state: { from, to, done }, result: 'on', effect: 'refused', text: 'known' };
      const state = {
        from: from - (what === 'debit' ? 1 : 0),
        to: to + (what === 'credit' ? 1 : 0),
        done: [...done, key],
      };
      return { state, result: 'on', effect: 'done', text: `${what} is booked` };
    },
  },
});
const transfer = (order: readonly string[]): Pattern =>
  durableFlow(async (flash) => {
    for (const what of order) await flash(what);
  });
const bankScenario = (pattern: Pattern): Scenario =>
  ({
    ...toyScenario([pattern], ['debit', 'credit']),
    services: { lamp: bank },
    goal: {
      property: 'ends',
      reached: ({ lamp }: { lamp: { to: number } }) => lamp.to === 1,
      missed: () => 'It never ends.',
    },
    invariants: [
      {
        property: 'never-more',
        holds: ({ lamp }: { lamp: { from: number; to: number } }) => lamp.from + lamp.to <= 1,
        broken: () => 'There is more money than there was.',
      },
    ],
  }) as unknown as Scenario;

test('an invariant is checked in every state, also where the end is good', async () => {
  const { verdict, violations } = await run(bankScenario(transfer(['credit', 'debit'])));
  expect(verdict).toBe('violated');
  expect(violations).toMatchObject([
    { property: 'never-more', kind: 'invariant', sentence: 'There is more money than there was.', crashes: 0 },
  ]);
  expect(violations[0]!.story.at(-1)!.text).toBe('credit is booked');
  expect(await run(bankScenario(transfer(['debit', 'credit'])))).toMatchObject({ verdict: 'proved' });
});

/** Draws a colour, then flashes in it: `kept`, as the store holds it, or drawn anew by the next life. */
const painted = (kept: boolean): Pattern =>
  diskPattern({ colour: '', lives: 0, done: false }, (disk, lamp, life) => {
    void (async () => {
      if (disk.part.done) return;
      const write = (change: Partial<typeof disk.part>): Promise<void> =>
        life.call(
          { name: 'write', kind: 'record', text: 'write' },
          () => void (disk.part = { ...disk.part, ...change }),
        );
      await write({ lives: Math.min(disk.part.lives + 1, 2) });
      const drawn = disk.part.lives === 1 ? 'red' : 'blue';
      const colour = kept && disk.part.colour !== '' ? disk.part.colour : drawn;
      if (kept) await write({ colour });
      await (lamp.flash as unknown as (what: object) => Promise<string>)({ what: 'a', key: 'a', colour });
      await write({ done: true });
    })();
  });
const colours = defineService({
  initial: { colour: '' },
  requests: {
    flash: (state, { colour }: { what: string; key: string; colour: string }) =>
      state.colour === ''
        ? { state: { colour }, result: 'on', effect: 'done', text: `it flashes ${colour}` }
        : { state, result: 'on', effect: 'refused', text: 'it has flashed' },
  },
});
const colourScenario = (pattern: Pattern, compares: boolean): Scenario =>
  ({
    ...toyScenario([pattern], ['a']),
    services: { lamp: colours },
    goal: {
      property: 'ends',
      reached: ({ lamp }: { lamp: { colour: string } }) => lamp.colour !== '',
      missed: () => '',
    },
    ...(compares ? { outcome: ({ lamp }: { lamp: { colour: string } }) => lamp.colour } : {}),
  }) as unknown as Scenario;

test('an outcome with a crash that no run without one has is found by comparison alone', async () => {
  expect(await run(colourScenario(painted(false), false))).toMatchObject({ verdict: 'proved' });
  const { violations, properties } = await run(colourScenario(painted(false), true));
  expect(properties).toContain('same-outcomes');
  expect(violations).toMatchObject([{ property: 'same-outcomes', kind: 'refinement', crashes: 1, faults: 0 }]);
  expect(violations[0]!.sentence).toContain('"blue"');
  const { runs } = await simulate({
    scenarios: [colourScenario(painted(false), true)],
    schedule: violations[0]!.schedule,
  });
  expect(runs[0]!.violations).toMatchObject([{ property: 'same-outcomes' }]);
});

test('what is drawn once, and kept, has the same outcomes', async () => {
  const kept = painted(true);
  const { verdict, violations } = await run(colourScenario(kept, true));
  // A crash before the first draw was kept draws anew, which is another colour: the flow must count lives elsewhere.
  expect({ verdict, schedules: violations.map(({ schedule }) => schedule) }).toEqual({
    verdict: 'violated',
    schedules: ['queue:write.landed'],
  });
});

test('a good flow has the same outcomes', async () => {
  const flow = durableFlow(
    (flash) => flash('a'),
    (client, what) =>
      (client.flash as unknown as (request: object) => Promise<string>)({
        what,
        key: activityInfo().idempotencyKey,
        colour: 'red',
      }),
  );
  expect(await run(colourScenario(flow, true))).toMatchObject({ verdict: 'proved' });
});

test('what should be seen sometimes and never is, is a warning, and what is seen is none', async () => {
  const scenario = {
    ...toyScenario(
      [
        durableFlow(
          (flash) => flash('a'),
          (client: Lamp['lamp'], what) => client.flash({ what, key: 'k' }),
        ),
      ],
      ['a'],
    ),
    sometimes: [
      {
        name: 'the lamp is on',
        holds: ({ lamp }: { lamp: { flashes: readonly string[] } }) => lamp.flashes.length > 0,
      },
      { name: 'the lamp explodes', holds: () => false },
    ],
  } as unknown as Scenario;
  const { coverage } = await run(scenario);
  expect(coverage.sometimes.slice(-2)).toEqual([
    { name: 'the lamp is on', taken: true },
    { name: 'the lamp explodes', taken: false },
  ]);
});
