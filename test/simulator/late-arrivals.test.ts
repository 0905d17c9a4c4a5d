import { describe, expect, test, vi } from 'vitest';
import { defineScenario, defineService, withTime, type Scenario, type ServiceClients } from 'crashwise/simulator';
import { explore, type Exploration } from '../../src/simulator/explore/closure.js';
import { faultBudget } from '../../src/simulator/fault-budget.js';
import { Network } from '../../src/simulator/network.js';
import type { Pattern } from '../../src/simulator/pattern.js';
import { World } from '../../src/simulator/world.js';
import { diskPattern, durableFlow, toyScenario } from './toy.js';

// Goal: a late request is let arrive only where it meets a call to a service, or a wait, and nothing is lost by that: the
// same is broken, by as many crashes and other faults, as if it arrived at every moment. And where a service knows the
// time, or a request is let arrive too seldom, the comparison finds it.

const LIMIT = { maxStates: 20_000, stopped: () => undefined };

async function searched(scenario: Scenario, pattern: Pattern, reduces: boolean): Promise<Exploration> {
  const found = await explore(
    new World(scenario, pattern, faultBudget({ faults: ['late'], maxFaults: 1 }), { reduces }),
    LIMIT,
  );
  expect(found.stoppedBy).toBe('closed');
  return found;
}

function pricesOf({ violations }: Exploration): readonly string[] {
  return violations.map(({ property, crashes, faults }) => `${property}: ${crashes} crashes, ${faults} other`).sort();
}

/** A valve that is open or shut, and says `holds` as long as it is shut whenever the pump runs. */
const valve = defineService({
  initial: { open: false },
  requests: {
    turn: (_: { open: boolean }, open: boolean) => ({ state: { open }, result: open, effect: 'none', text: '' }),
  },
});
const pump = defineService({
  initial: { runs: false },
  requests: {
    switch: (_: { runs: boolean }, runs: boolean) => ({ state: { runs }, result: runs, effect: 'none', text: '' }),
  },
});
type Plant = ServiceClients<{ valve: typeof valve; pump: typeof pump }>;

/** The valve is shut, the pump runs, and then the valve is opened: what opens it late may meet the pump. */
const twoServices = (
  work: (plant: Plant, written: readonly string[], write: (name: string) => Promise<void>) => Promise<void>,
): Scenario =>
  defineScenario({
    name: 'plant',
    title: 'a pump and a valve',
    services: { valve, pump },
    keys: ['p'],
    steps: [],
    invariants: [
      {
        property: 'never-both',
        holds: (world: { valve: { open: boolean }; pump: { runs: boolean } }) => !(world.valve.open && world.pump.runs),
        broken: () => 'The pump ran against an open valve.',
      },
    ],
    goal: { property: 'ends', reached: () => true, missed: () => 'It never ends.' },
    patterns: [
      {
        ...diskPattern({ at: [] as readonly string[] }, () => {}),
        start: ({ life, services }, [disk]) => {
          const held = disk as { part: { at: readonly string[] } };
          const write = (name: string): Promise<void> =>
            life.call({ name: `write ${name}`, kind: 'record', text: '' }, () => {
              held.part = { at: [...held.part.at.filter((one) => one !== name), name] };
            });
          void work(services as Plant, held.part.at, write);
        },
      },
    ],
    assumes: [],
  }) as unknown as Scenario;

const retrying = (key: (attempt: number) => string): Pattern =>
  diskPattern({ done: false }, (disk, lamp, life) => {
    void (async () => {
      if (disk.part.done) return;
      const flash = (attempt: number): Promise<unknown> =>
        lamp.flash({ what: 'a', key: key(attempt) }).catch(() => flash(attempt + 1));
      await flash(1);
      await life.call({ name: 'write', kind: 'record', text: '' }, () => void (disk.part = { done: true }));
    })();
  });

const inSequence = durableFlow(async (flash) => {
  await flash('a');
  await flash('b');
});
const sideBySide = diskPattern({ done: false }, (disk, lamp, life) => {
  void (async () => {
    if (disk.part.done) return;
    const flash = (what: string): Promise<unknown> => lamp.flash({ what, key: what }).catch(() => flash(what));
    await Promise.all([flash('a'), flash('b')]);
    await life.call({ name: 'write', kind: 'record', text: '' }, () => void (disk.part = { done: true }));
  })();
});

const flows: readonly (readonly [string, Scenario])[] = [
  ['one key for all tries', toyScenario([retrying(() => 'k')], ['a'])],
  ['a key for each try', toyScenario([retrying((attempt) => `k${attempt}`)], ['a'])],
  ['two steps of the engine', toyScenario([inSequence], ['a', 'b'])],
  ['two requests at once', toyScenario([sideBySide], ['a', 'b'])],
  [
    'an invariant over two services',
    twoServices(async ({ valve: v, pump: p }, written, write) => {
      if (!written.includes('shut')) {
        await v.turn(true).catch(() => {});
        await v.turn(false).catch(() => v.turn(false));
        await write('shut');
      }
      await p.switch(true).catch(() => {});
      await write('runs');
      await p.switch(false).catch(() => p.switch(false));
    }),
  ],
];

describe.each(flows)('%s', (_, scenario) => {
  test('the same is broken at the same price, in fewer lives', async () => {
    const [pattern] = scenario.patterns as [Pattern];
    const [few, every] = [await searched(scenario, pattern, true), await searched(scenario, pattern, false)];
    expect(pricesOf(few)).toEqual(pricesOf(every));
    expect(few.lives).toBeLessThan(every.lives);
  });
});

test('what arrives late meets the pump: the flow over two services is one that breaks', async () => {
  const [, scenario] = flows.at(-1)!;
  expect(pricesOf(await searched(scenario, scenario.patterns[0]!, true))).toEqual(['never-both: 0 crashes, 1 other']);
});

test('the comparison finds it where requests never arrive', async () => {
  const [, scenario] = flows.at(-1)!;
  const lost = vi.spyOn(Network.prototype, 'waiting', 'get').mockReturnValue(0);
  const few = await searched(scenario, scenario.patterns[0]!, true);
  lost.mockRestore();
  expect(pricesOf(few)).toEqual([]);
});

test('a service that forgets keys: a request that arrives after that is found, with and without reductions', async () => {
  interface Till {
    readonly keys: readonly { readonly key: string; readonly forgotten: { readonly deadlineMs: number } }[];
  }
  const till = defineService({
    initial: { keys: [] } as Till,
    requests: {
      pay: withTime((nowMs) => (state: Till, { key }: { key: string }) => {
        const keys = state.keys.filter(({ forgotten }) => forgotten.deadlineMs > nowMs);
        if (keys.some((one) => one.key === key)) return { state, result: null, effect: 'refused', text: 'known' };
        const known = { key, forgotten: { deadlineMs: nowMs + 3_600_000 } };
        return { state: { keys: [...keys, known] }, result: null, effect: 'done', text: 'paid' };
      }),
    },
  });
  const pattern: Pattern = {
    ...diskPattern({ done: false }, () => {}),
    start: ({ life, services }, [disk]) => {
      const { pay } = (services as ServiceClients<{ till: typeof till }>).till;
      void (async () => {
        const held = disk as { part: { done: boolean } };
        if (held.part.done) return;
        await pay({ key: 'k' }).catch(() => pay({ key: 'k' }));
        await life.call({ name: 'write', kind: 'record', text: '' }, () => void (held.part = { done: true }));
      })();
    },
  };
  const scenario = defineScenario({
    name: 'till',
    title: 'pay once',
    services: { till },
    keys: ['k'],
    restartWithinMs: 60_000,
    steps: [
      {
        title: 'pay',
        effect: 'till.pay',
        class: 'at-most-once',
        property: 'paid-once',
        key: ({ key }: { key: string }) => key,
        text: ({ key }: { key: string }) => `pay ${key}`,
        twice: (key) => `${key} was paid twice.`,
        never: (key) => `${key} was never paid.`,
      },
    ],
    goal: { property: 'ends', reached: () => true, missed: () => 'It never ends.' },
    patterns: [pattern],
    assumes: [],
  }) as unknown as Scenario;
  const [few, every] = [await searched(scenario, pattern, true), await searched(scenario, pattern, false)];
  expect(pricesOf(few)).toEqual(['paid-once: 0 crashes, 1 other']);
  expect(pricesOf(every)).toEqual(pricesOf(few));
});
