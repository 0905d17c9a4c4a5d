import { defineService, simulate, World, type Scenario, type SimulateOptions } from 'crashwise/simulator';
import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { turnsOf, type Drawn } from '../../src/simulator/explore/draws.js';
import { playOut, type Played } from '../../src/simulator/explore/play-out.js';
import { faultBudget } from '../../src/simulator/fault-budget.js';
import { diskPattern, durableFlow, durableSteps, toyScenario } from './toy.js';

// Goal: a random search finds what an exhaustive one finds, in flows of any size, tells it with nothing to spare, can be
// repeated by its seed, and never passes for a proof.

async function search(scenario: Scenario, options: Partial<SimulateOptions> = {}) {
  const { runs } = await simulate({ scenarios: [scenario], maxRuns: 100, ...options });
  return runs[0]!;
}

const told = (violations: readonly { property: string; crashes: number; faults: number }[]): string[] =>
  violations.map(({ property, crashes, faults }) => `${property} ${crashes} ${faults}`).sort();

describe('what it finds', () => {
  test('an effect without a key, after one crash, with nothing to spare', async () => {
    const scenario = toyScenario([durableSteps(2, false)], ['step 1', 'step 2']);
    const { verdict, stoppedBy, runs, violations } = await search(scenario);
    expect({ verdict, stoppedBy, runs }).toEqual({ verdict: 'violated', stoppedBy: 'runs', runs: 100 });
    expect(told(violations)).toEqual(['flashed-once 1 0']);
    const again = await simulate({ scenarios: [scenario], schedule: violations[0]!.schedule });
    expect(told(again.runs[0]!.violations)).toEqual(['flashed-once 1 0']);
  });

  test('each property that is broken, with the faults that it takes', async () => {
    const scenario = toyScenario([durableSteps(2, false)], ['step 1', 'step 2']);
    const { violations } = await search(scenario, { faults: ['timeout-after', 'permanent-error'] });
    expect(told(violations)).toEqual(['ends 0 1', 'flashed-once 1 0']);
  });

  test('what takes three crashes', async () => {
    const patient = diskPattern({ starts: 0 }, (disk, lamp, life) => {
      void (async () => {
        const write = { name: 'disk.write', kind: 'record', text: '' } as const;
        if (disk.part.starts < 3) await life.call(write, () => void (disk.part = { starts: disk.part.starts + 1 }));
        if (disk.part.starts < 3) await new Promise(() => {});
        await lamp.flash({ what: 'a' });
      })();
    });
    const { violations } = await search(toyScenario([patient], ['a']));
    expect(told(violations)).toEqual(['ends 0 0', 'flashed-once 3 0']);
  });

  test('what is beyond an exhaustive search: nine steps side by side', async () => {
    const names = Array.from({ length: 9 }, (_, index) => `step ${index}`);
    const wide = durableFlow(
      (flash) => Promise.all(names.map(flash)),
      (client, what) => client.flash(what === 'step 7' ? { what } : { what, key: what }),
    );
    const scenario = toyScenario([wide], names);
    const { verdict, violations } = await search(scenario, { maxRuns: 20 });
    expect(verdict).toBe('violated');
    expect(told(violations)).toEqual(['flashed-once 1 0']);
    const { sentence, pointOfNoReturn } = violations[0]!;
    expect(sentence).toMatch(/^step 7 flashed twice\./);
    expect(pointOfNoReturn).toBeUndefined(); // There are too many ways on to say.
  });
});

describe('what it does not claim', () => {
  test('without a violation it is inconclusive, however right the flow is', async () => {
    const found = await search(toyScenario([durableSteps(1, true)], ['step 1']), { faults: ['error'] });
    expect(found).toMatchObject({ verdict: 'inconclusive', closed: false, stoppedBy: 'runs', runs: 100, matrix: [] });
    expect(found.certificate).toMatchObject({ crashes: 'bounded', schedules: 'sampled', projections: [] });
  });

  test('a limit of time, or an interruption, ends it early', async () => {
    const scenario = toyScenario([durableSteps(1, true)], ['step 1']);
    expect(await search(scenario, { budgetMs: -1 })).toMatchObject({ stoppedBy: 'time', runs: 0 });
    const stop = new AbortController();
    const onProgress = ({ runs = 0 }): void => void (runs >= 100 && stop.abort());
    const cut = await search(scenario, { signal: stop.signal, maxRuns: 1_000, onProgress });
    expect(cut).toMatchObject({ verdict: 'inconclusive', stoppedBy: 'interrupted', runs: 100 });
  });

  test('lives that never rest end it, as nobody knows what they come to', async () => {
    const busy = diskPattern({}, (_, lamp, life) => {
      void (async () => {
        await lamp.flash({ what: 'a', key: 'a' });
        for (;;) await life.call({ name: 'spin', kind: 'other', text: '' }, () => {});
      })();
    });
    const found = await search(toyScenario([busy], ['a']));
    expect(found).toMatchObject({ verdict: 'inconclusive', stoppedBy: 'endless-life' });
    expect(found.certificate.notCovered.at(-1)).toMatch(/lives come to, which did not rest$/);
  });

  test('a process that waits past the boundaries ends it', async () => {
    const sleeper = diskPattern({}, (_, lamp) => {
      setTimeout(() => void lamp.flash({ what: 'a', key: 'a' }), 50);
    });
    expect(await search(toyScenario([sleeper], ['a'], 'at-most-once'))).toMatchObject({ stoppedBy: 'outside-work' });
  });

  test('an error of the scenario is that error, and no finding', async () => {
    const moody = defineService({
      initial: { n: 0 },
      requests: {
        flash: ({ n }, _request: { what: string }) => {
          if (n === 1) throw new Error('out of order');
          return { state: { n: n + 1 }, result: 'on', effect: 'done', text: '' };
        },
      },
    });
    const scenario = {
      ...toyScenario([durableSteps(1, false)], ['step 1'], 'at-least-once'),
      services: { lamp: moody },
    };
    const goal = { property: 'ends', reached: () => true, missed: () => '' };
    await expect(search({ ...scenario, goal } as unknown as Scenario)).rejects.toMatchObject({ code: 'service-threw' });
  });
});

describe('what it draws', () => {
  const natural = fc.nat();
  const draws = fc.array(natural);
  const drawn: fc.Arbitrary<Drawn> = fc.record({
    mix: fc.record({ faults: natural, faultRarity: natural, orderRarity: natural }),
    lives: fc.array(fc.record({ cut: natural, draws }), { maxLength: 4 }),
    last: draws,
  });
  const together = durableFlow((flash) => Promise.all([flash('a'), flash('b')]));
  const scenario = toyScenario([together], ['a', 'b']);
  const world = new World(scenario, scenario.patterns[0]!, faultBudget({ faults: ['all'], zombies: true }));
  const all = [...world.budget.faults];

  async function played(from: Drawn): Promise<readonly Played[]> {
    const lives: Played[] = [];
    for await (const life of playOut(world, turnsOf(from, all), undefined)) lives.push(life);
    return lives;
  }

  test('any naturals are a run, and nothing goes wrong in its last life', async () => {
    await fc.assert(
      fc.asyncProperty(drawn, async (from) => {
        const lives = await played(from);
        const { trace, cut } = lives.at(-1)!;
        expect(lives.slice(0, -1).every((life) => life.cut !== undefined)).toBe(true);
        if (lives.length === from.lives.length + 1) {
          expect(cut).toBeUndefined();
          expect(trace.moments.filter(({ fault }) => fault)).toEqual([]);
        }
      }),
      { numRuns: 150 },
    );
  });

  test('zeros, and nothing at all, are the run in which nothing happens', async () => {
    const nothing = await played({ mix: { faults: 0, faultRarity: 0, orderRarity: 0 }, lives: [], last: [] });
    expect(nothing).toHaveLength(1);
    expect(nothing[0]!.trace.choices.every(({ taken }) => taken === 0)).toBe(true);
  });

  test('each run has a mix of faults of its own, and all of them come up', async () => {
    const mixes = new Set<string>();
    const seen = new Set<string>();
    for (const from of fc.sample(drawn, { numRuns: 300, seed: 1 })) {
      const faults = new Set((await played(from)).flatMap(({ trace }) => trace.moments.map(({ fault }) => fault)));
      faults.delete(undefined);
      for (const fault of faults) seen.add(fault!);
      mixes.add([...faults].sort().join(' '));
    }
    expect(mixes.size).toBeGreaterThan(20);
    const possible = ['error', 'permanent-error', 'timeout-after', 'late', 'duplicate', 'pause-before', 'pause-after'];
    expect([...seen]).toEqual(expect.arrayContaining(possible));
  });

  test('the same seed draws the same, another seed something else', async () => {
    const drawnBy = async (seed: string) => {
      const { rates: _, ...rest } = await search(scenario, { seed, faults: ['all'] });
      return JSON.stringify(rest);
    };
    const one = await drawnBy('one');
    expect(await drawnBy('one')).toBe(one);
    expect(await drawnBy('two')).not.toBe(one);
  });
});
