import { expect, test, vi } from 'vitest';
import type { Scenario } from 'crashwise/simulator';
import { World } from '../../src/simulator/world.js';
import { faultBudget, NO_FAULTS } from '../../src/simulator/fault-budget.js';
import { brokenEffects, missedBy } from '../../src/simulator/oracle/breach.js';
import { Paths } from '../../src/simulator/paths.js';
import type { Pattern } from '../../src/simulator/pattern.js';
import { Deadline, type DurableState } from '../../src/simulator/state.js';
import { hasEnded } from '../../src/simulator/trace.js';
import { diskPattern, durableFlow, toyScenario } from './toy.js';

// Goal: runs that come to the same are run once, and nothing is lost by it: the same states, the same breaches, as if
// every order had been run. And the comparison itself finds a reduction that leaves something out.

interface Seen {
  readonly states: ReadonlySet<string>;
  readonly broken: ReadonlySet<string>;
  readonly runs: number;
}

/** All that runs from these states come to, and then from the states that they come to, until nothing is new. */
async function seen(
  scenario: Scenario,
  pattern: Pattern,
  reduces: boolean,
  zombies: boolean,
  { views }: World,
): Promise<Seen> {
  const world = new World(scenario, pattern, zombies ? faultBudget({ zombies, maxFaults: 1 }) : NO_FAULTS, { reduces });
  // Forms are numbered as they come, so each world has keys of its own: the comparison needs one numbering.
  const states = new Map<string, DurableState>([[views.key(world.initial), world.initial]]);
  const broken = new Set<string>();
  let runs = 0;
  for (const state of states.values()) {
    for await (const trace of world.lives(state)) {
      runs += 1;
      for (const moment of trace.moments) {
        const key = views.key(moment.state);
        // A run with zombies is judged from the start only: every order of everything after it is too much.
        if (!states.has(key)) states.set(key, zombies ? world.initial : moment.state);
        for (const { property } of brokenEffects(world, moment.state)) broken.add(property);
      }
      if (hasEnded(trace)) for (const { property } of missedBy(world, trace)) broken.add(property);
    }
    if (zombies) break;
  }
  return { states: new Set(states.keys()), broken, runs };
}

const sideBySide = durableFlow(
  (flash) => Promise.all([flash('a'), flash('b')]),
  (client, what) => client.flash({ what, key: what }),
);

/** Three calls at once over two services of one process, then a write. */
const threeAtOnce = diskPattern({ n: 0 }, (disk, lamp, life) => {
  void (async () => {
    const write = (i: number) =>
      life.call({ name: `write ${i}`, kind: 'record', text: '' }, () => void (disk.part = { n: disk.part.n | i }));
    await Promise.all([write(1), lamp.flash({ what: 'a', key: 'a' }), write(2)]);
    await write(4);
  })();
});

/** A lease without a fence, and one with it. */
const leased = (fenced: boolean): Pattern =>
  diskPattern(
    { owner: 0, until: 0, done: false },
    (disk, lamp, life) => {
      void (async () => {
        const me = life.number;
        const call = <T>(name: string, perform: () => T): Promise<T> =>
          life.call({ name, kind: 'record', text: '' }, perform);
        while (!disk.part.done) {
          const until = await call('claim', () => {
            if (disk.part.until > life.now) return disk.part.until;
            disk.part = { owner: me, until: life.now + 10_000, done: disk.part.done };
            return 0;
          });
          if (until > 0) {
            await new Promise<void>((resolve) => void life.clock.at(until, resolve));
            continue;
          }
          await lamp.flash({ what: 'a', ...(fenced ? { key: 'a' } : {}) });
          await call('write', () => {
            if (!fenced || disk.part.owner === me) disk.part = { ...disk.part, done: true };
          });
        }
      })();
    },
    ({ owner, until, done }) => ({ owner, until: new Deadline(until), done }),
  );

const cases: [string, Pattern, readonly string[], boolean][] = [
  ['two activities side by side', sideBySide, ['a', 'b'], false],
  ['three calls at once', threeAtOnce, ['a'], false],
  ['two workers, with a fence', leased(true), ['a'], true],
  ['two workers, without a fence', leased(false), ['a'], true],
];

test.each(cases)('%s: the same states and the same breaches, in fewer runs', async (name, pattern, keys, zombies) => {
  const scenario = toyScenario([pattern], keys);
  const judge = new World(scenario, pattern);
  const [reduced, every] = [
    await seen(scenario, pattern, true, zombies, judge),
    await seen(scenario, pattern, false, zombies, judge),
  ];
  console.log(`${name}: ${reduced.runs} runs instead of ${every.runs}, ${every.states.size} states`);
  expect(reduced.states).toEqual(every.states);
  expect(reduced.broken).toEqual(every.broken);
  expect(reduced.runs).toBeLessThan(every.runs);
});

test('without a fence the second effect is found, with it none', async () => {
  const broken = async (fenced: boolean) => {
    const pattern = leased(fenced);
    const scenario = toyScenario([pattern], ['a']);
    return (await seen(scenario, pattern, true, true, new World(scenario, pattern))).broken;
  };
  expect(await broken(false)).toContain('flashed-once');
  expect(await broken(true)).toEqual(new Set());
});

test('a reduction that is wrong is noticed by the comparison: it takes every fork for one that was seen before', async () => {
  const scenario = toyScenario([threeAtOnce], ['a']);
  const judge = new World(scenario, threeAtOnce);
  const every = await seen(scenario, threeAtOnce, false, false, judge);
  const known = vi.spyOn(Paths.prototype, 'known').mockReturnValue(true);
  const reduced = await seen(scenario, threeAtOnce, true, false, judge);
  known.mockRestore();
  expect(reduced.states).not.toEqual(every.states);
});
