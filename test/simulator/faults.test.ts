import { activityInfo } from 'crashwise/engine';
import { defineService, simulate, World, type Scenario } from 'crashwise/simulator';
import { describe, expect, test } from 'vitest';
import { faultBudget } from '../../src/simulator/fault-budget.js';
import { brokenEffects, missedGoal } from '../../src/simulator/oracle/breach.js';
import type { Life } from '../../src/simulator/life.js';
import type { Pattern } from '../../src/simulator/pattern.js';
import { Deadline } from '../../src/simulator/state.js';
import { diskPattern, durableFlow, durableSteps, toyScenario, type Lamp } from './toy.js';

// Goal: each fault of the alphabet happens, does what it says, and is found by code that does not stand it; code that
// does is proved. All with one fault at most, so that the fault is the one that bites.

async function run(
  scenario: Scenario,
  faults: readonly string[],
  more: { zombies?: boolean; maxFaults?: number } = {},
) {
  const { runs } = await simulate({ scenarios: [scenario], faults, maxFaults: 1, ...more });
  return runs[0]!;
}

const keyed = toyScenario([durableSteps(2, true)], ['step 1', 'step 2']);

/** Flashes in a loop until it is told that it is done, then writes that down: each try with this key, or none. */
function retrying(keyOf: (attempt: number) => string | undefined): Pattern {
  return diskPattern({ done: false }, (disk, lamp, life) => {
    void (async () => {
      for (let attempt = 1; !disk.part.done; attempt += 1) {
        const key = keyOf(attempt);
        try {
          await lamp.flash({ what: 'a', ...(key === undefined ? {} : { key }) });
          await life.call(WRITE, () => void (disk.part = { done: true }));
        } catch {
          await new Promise<void>((resolve) => void life.clock.at(life.now + 1_000, resolve));
        }
      }
    })();
  });
}

const WRITE = { name: 'write', kind: 'record', text: 'write down' } as const;

describe('an answer that gets lost on the way', () => {
  test.each(['timeout-after', 'late', 'duplicate'])('%s: one key for all tries stands it', async (fault) => {
    const { verdict, certificate } = await run(keyed, [fault]);
    expect({ verdict, faults: certificate.faults }).toEqual({ verdict: 'proved', faults: ['crash', fault] });
    expect(await run(toyScenario([retrying(() => 'k')], ['a']), [fault])).toMatchObject({ verdict: 'proved' });
  });

  test.each([
    ['timeout-after', 'queue:!timeout-after=lamp.flash'],
    ['late', 'queue:!late=lamp.flash~0'],
  ])('%s: a key for each try does not, and no crash is needed', async (fault) => {
    const scenario = toyScenario([retrying((attempt) => `k${attempt}`)], ['a']);
    const { violations } = await run(scenario, [fault]);
    const broken = violations.find(({ property }) => property === 'flashed-once')!;
    // Crashes alone break it too, for the count starts again in each life: with more crashes, and with no other fault.
    expect(broken).toMatchObject({ property: 'flashed-once', faults: 1, crashes: 0 });
    expect(broken.story.some(({ kind, text }) => kind === 'fault' && text.startsWith(`${fault}: `))).toBe(true);
  });

  test('duplicate: a request without a key is carried out twice', async () => {
    const once = durableFlow(
      (flash) => flash('a'),
      (client, what) => client.flash({ what }),
    );
    const { violations } = await run(toyScenario([once], ['a'], 'at-most-once'), ['duplicate']);
    expect(violations[0]).toMatchObject({ property: 'flashed-once' });
  });

  test('late: what arrives after everything has come to rest still counts', async () => {
    const gives = diskPattern({ given: 0 }, (disk, lamp, life) => {
      void (async () => {
        if (disk.part.given > 0) return;
        // Gives up after one try, and sends another one under a name of its own.
        await lamp.flash({ what: 'a', key: 'first' }).catch(() => lamp.flash({ what: 'a', key: 'second' }));
        await life.call(WRITE, () => void (disk.part = { given: 1 }));
      })();
    });
    const { violations } = await run(toyScenario([gives], ['a'], 'at-most-once'), ['late']);
    const { schedule, crashes, story } = violations.find(({ property }) => property === 'flashed-once')!;
    expect({ schedule, crashes }).toMatchObject({ schedule: expect.stringContaining('!late=lamp.flash'), crashes: 0 });
    expect(story.map(({ text }) => text)).toContain('a request of before arrives');
  });
});

describe('an answer that says no', () => {
  test('error: it is tried again and proved; without a retry nothing is done', async () => {
    expect(await run(keyed, ['error'])).toMatchObject({ verdict: 'proved' });
    const once = diskPattern({}, (_, lamp) => void lamp.flash({ what: 'a', key: 'k' }).catch(() => {}));
    const { violations } = await run(toyScenario([once], ['a']), ['error']);
    expect(violations).toMatchObject([{ property: 'ends', kind: 'liveness', crashes: 0, faults: 1 }]);
    expect(violations[0]!.schedule).toBe('queue:!error=lamp.flash');
  });

  test('error: a round of a sweeper that fails is no rest, the next one does it', async () => {
    const sweeps = diskPattern({}, (_, lamp, life) => {
      void (async () => {
        for (;;) {
          await new Promise<void>((resolve) => void life.clock.at(life.now + 1_000, resolve));
          await lamp.flash({ what: 'a', key: 'k' }).catch(() => {});
        }
      })();
    });
    expect(await run(toyScenario([sweeps], ['a']), ['error'])).toMatchObject({ verdict: 'proved' });
  });

  test('error: who asks for the same again and again is at rest, if the service stays what it is', async () => {
    // A new object each time, and always the same one.
    const set = defineService({
      initial: { flashes: [] as readonly string[] },
      requests: {
        flash: ({ flashes }, { what }: { what: string }) => ({
          state: { flashes: [what] },
          result: 'on',
          effect: flashes.includes(what) ? 'refused' : 'done',
          text: 'the lamp is on',
        }),
      },
    });
    const applies = diskPattern({}, (_, lamp, life) => {
      void (async () => {
        for (;;) {
          await lamp.flash({ what: 'a' }).catch(() => {});
          await new Promise<void>((resolve) => void life.clock.at(life.now + 1_000, resolve));
        }
      })();
    });
    const scenario = { ...toyScenario([applies], ['a']), services: { lamp: set } } as unknown as Scenario;
    expect(await run(scenario, ['error'])).toMatchObject({ verdict: 'proved' });
  });

  test('permanent-error: a retry without an end is a flow without an end, and is told as one', async () => {
    const { verdict, closed, violations, matrix } = await run(keyed, ['permanent-error']);
    expect({ verdict, closed }).toEqual({ verdict: 'violated', closed: true });
    const ends = violations.find(({ property }) => property === 'ends')!;
    // The matrix is of crashes alone, in which it is refused nowhere.
    expect(matrix.flatMap(({ cells }) => Object.values(cells))).not.toContain('never-ends');
    expect(ends).toMatchObject({ kind: 'liveness', faults: 1, crashes: 0 });
    expect(ends.story.at(-1)!.text).toMatch(/^and so on for ever: /);
    // What repeats, how often, and what never comes: the retry waits longer each time, so there is no one period.
    expect(ends.sentence).toBe(
      'It never ends: execution toy is running. It goes round for ever: the same again and again (flash step 1; write down flash).',
    );
    expect(ends.hint).toMatch(/^give the round an end/);
  });

  test('permanent-error: it stays so in the next life', async () => {
    const counted = diskPattern({ tries: 0 }, (disk, lamp, life) => {
      void (async () => {
        if (disk.part.tries > 1) return;
        await lamp.flash({ what: 'a', key: 'k' }).catch(() => {});
        await life.call(WRITE, () => void (disk.part = { tries: disk.part.tries + 1 }));
        await lamp.flash({ what: 'a', key: 'k' }).catch(() => {});
      })();
    });
    const { violations } = await run(toyScenario([counted], ['a']), ['permanent-error']);
    expect(violations).toMatchObject([{ property: 'ends', faults: 1 }]);
  });
});

describe('a store that does not do it', () => {
  test.each(['store-error', 'conflict', 'timeout-after'])('%s: the engine stands it', async (fault) => {
    expect(await run(keyed, [fault])).toMatchObject({ verdict: 'proved', closed: true });
  });

  test.each(['store-error', 'conflict'])('%s: code that goes on as if it had been written loses it', async (fault) => {
    const careless = diskPattern({ done: false }, (disk, lamp, life) => {
      void (async () => {
        if (disk.part.done) return void (await lamp.flash({ what: 'a', key: 'k' }));
        await life.call(WRITE, () => void (disk.part = { done: true })).catch(() => {});
        if (disk.part.done) await lamp.flash({ what: 'a', key: 'k' });
      })();
    });
    const { violations } = await run(toyScenario([careless], ['a']), [fault]);
    expect(violations).toMatchObject([{ property: 'ends', faults: 1, crashes: 0 }]);
  });
});

test('restore: what the store has forgotten is done again, and only the key keeps it from being done twice', async () => {
  const unkeyed = diskPattern({ done: false }, (disk, lamp, life) => {
    void (async () => {
      if (disk.part.done) return;
      await life.call(WRITE, () => void (disk.part = { done: true }));
      await lamp.flash({ what: 'a' });
    })();
  });
  const { violations } = await run(toyScenario([unkeyed], ['a'], 'at-most-once'), ['restore']);
  expect(violations.find(({ property }) => property === 'flashed-once')).toMatchObject({ faults: 1, crashes: 1 });
  expect(await run(keyed, ['restore'])).toMatchObject({ verdict: 'proved', closed: true });
});

describe('stale-read', () => {
  const board = defineService({
    initial: { flashes: 0 },
    requests: {
      flash: ({ flashes }) => ({
        state: { flashes: flashes + 1 },
        result: 'on',
        effect: 'done',
        text: 'the lamp flashes',
      }),
      count: (state) => ({
        state,
        result: state.flashes,
        effect: 'none',
        text: `it has flashed ${state.flashes} times`,
      }),
    },
    view: ({ flashes }) => Math.min(flashes, 2),
  });
  type Board = { count: () => Promise<number>; flash: Lamp['lamp']['flash'] };
  const goal = {
    property: 'ends',
    reached: (world: { lamp: { flashes: number } }) => world.lamp.flashes > 0,
    missed: () => '',
  };
  const scenarioOf = (start: (client: Board, life: Life) => Promise<void>, keys: readonly string[]): Scenario => {
    const pattern = diskPattern({}, (_, lamp, life) => void start(lamp as unknown as Board, life));
    return { ...toyScenario([pattern], keys), services: { lamp: board }, goal } as unknown as Scenario;
  };

  test('code that acts on what it reads acts twice', async () => {
    const looksTwice = scenarioOf(
      async (client, life) => {
        for (let pass = 0; pass < 2; pass += 1) {
          if ((await client.count()) === 0) await client.flash({ what: 'a' });
          await new Promise<void>((resolve) => void life.clock.at(life.now + 1_000, resolve));
        }
      },
      ['a'],
    );
    expect(await run(looksTwice, [])).toMatchObject({ verdict: 'proved' });
    const { violations } = await run(looksTwice, ['stale-read']);
    expect(violations).toMatchObject([{ property: 'flashed-once', faults: 1, crashes: 0 }]);
  });

  test('what a replica holds outlives a crash: the next life may read it', async () => {
    const looksFirst = scenarioOf(
      async (client) => {
        if ((await client.count()) === 0) await client.flash({ what: 'a' });
      },
      ['a'],
    );
    expect(await run(looksFirst, [])).toMatchObject({ verdict: 'proved' });
    const { violations } = await run(looksFirst, ['stale-read']);
    expect(violations).toMatchObject([{ property: 'flashed-once', faults: 1, crashes: 1 }]);
  });

  test('an effect is not read: it happens, however old the state that a replica holds', async () => {
    const pattern = diskPattern({}, (_, lamp) => {
      void lamp.flash({ what: 'a', key: 'a' }).then(() => lamp.flash({ what: 'b', key: 'b' }));
    });
    const { verdict, certificate } = await run(toyScenario([pattern], ['a', 'b']), ['stale-read']);
    expect(verdict).toBe('proved');
    expect(certificate.notCovered).toContain('stale reads (nothing here can suffer them)');
  });
});

test('stale-read: a request that does something is no read, and is carried out', async () => {
  const { verdict, certificate } = await run(keyed, ['stale-read']);
  expect(verdict).toBe('proved');
  expect(certificate.faults).toEqual(['crash']);
});

test('edge: an answer that takes until just before, at or just after a deadline', async () => {
  const ends: number[] = [];
  const races = diskPattern({}, (_, lamp, life) => {
    const start = life.now;
    life.clock.at(start + 1_000, () => {});
    void lamp.flash({ what: 'a', key: 'k' }).then(() => ends.push(life.now - start));
  });
  const { verdict } = await run(toyScenario([races], ['a']), ['edge']);
  expect(verdict).toBe('proved');
  expect(new Set(ends)).toEqual(new Set([0, 999, 1_000, 1_001]));
});

describe('zombie', () => {
  /** Takes a lease of 10 s, does its work, writes it down; `fenced`: only if the lease is still its own. */
  const leased = (fenced: boolean, key: string | undefined): Pattern =>
    diskPattern(
      { owner: '', until: 0, writes: 0 },
      (disk, lamp, life) => {
        void (async () => {
          const me = `life ${life.number} from ${life.now}`;
          while (disk.part.writes === 0) {
            const free = await life.call({ ...WRITE, name: 'claim', kind: 'other' }, () => {
              if (disk.part.until > life.now) return disk.part.until;
              disk.part = { ...disk.part, owner: me, until: life.now + 10_000 };
              return 0;
            });
            if (free > 0) {
              await new Promise<void>((resolve) => void life.clock.at(free, resolve));
              continue;
            }
            await lamp.flash({ what: 'a', ...(key === undefined ? {} : { key }) });
            await life.call(WRITE, () => {
              if (fenced && disk.part.owner !== me) return;
              disk.part = { ...disk.part, writes: Math.min(disk.part.writes + 1, 2) };
            });
            return;
          }
        })();
      },
      ({ owner, until, writes }) => ({ owner: owner === '' ? 0 : 1, until: new Deadline(until), writes }),
    );
  const zombies = (pattern: Pattern) =>
    run(
      {
        ...toyScenario([pattern], ['a'], 'at-least-once'),
        invariants: [],
      },
      [],
      { zombies: true },
    );

  test('a worker that stood still wakes and does its work again: only the key of the service refuses it', async () => {
    const { verdict } = await zombies(leased(true, 'k'));
    expect(verdict).toBe('proved');
    const scenario = toyScenario([leased(true, undefined)], ['a'], 'exactly-once');
    const { violations } = await run(scenario, [], { zombies: true });
    expect(violations[0]).toMatchObject({ property: 'flashed-once' });
  });

  // Two workers without a crash before them; with crashes it takes too long for a test (npm run bench:zombies).
  test('the engine stands it, wherever the first worker stands still and whenever it wakes', async () => {
    const pattern = durableSteps(2, true);
    const world = new World(toyScenario([pattern], ['step 1', 'step 2']), pattern, faultBudget({ zombies: true }));
    const ends = new Map<string, number>();
    const paused = new Set<string>();
    for await (const { end, moments, choices, rest } of world.lives(world.initial)) {
      ends.set(end, (ends.get(end) ?? 0) + 1);
      for (const choice of choices) {
        if (choice.kind === 'fault' && choice.taken > 0)
          paused.add(`${choice.site} ${choice.faults[choice.taken - 1]}`);
      }
      expect(moments.flatMap(({ state }) => brokenEffects(world, state))).toEqual([]);
      if (end === 'rest') expect(missedGoal(world, { end, rest })).toEqual([]);
    }
    expect([...ends.keys()].sort()).toEqual(['merged', 'rest']);
    for (const site of ['start', 'claim', 'read-history', 'decide', 'lamp.flash', 'record:flash']) {
      expect(paused).toContain(`${site} pause-before`);
      expect(paused).toContain(`${site} pause-after`);
    }
    console.log(`two workers, two steps: ${ends.get('rest')} runs to their rest, ${ends.get('merged')} joined another`);
  });

  test('the story tells which life stood still, and that it went on', async () => {
    const unkeyed = durableFlow(
      (flash) => flash('a'),
      (client, what) => client.flash({ what, ...(activityInfo().attempt > 5 ? { key: 'k' } : {}) }),
    );
    const scenario = toyScenario([unkeyed], ['a'], 'exactly-once');
    const { runs } = await simulate({
      scenarios: [scenario],
      schedule: 'durable:!pause-before=lamp.flash',
    });
    const texts = runs[0]!.violations[0]!.story.map(({ life, text }) => `${life} ${text}`);
    expect(texts).toContainEqual(expect.stringMatching(/^1 pause-before: this process stands still/));
    expect(texts).toContainEqual(expect.stringMatching(/the process that stood still goes on$/));
  });
});

test('no more faults than allowed, and those that nothing can suffer are named', async () => {
  const { certificate } = await run(keyed, ['reorder', 'timeout-after'], { maxFaults: 2 });
  expect(certificate).toMatchObject({ faults: ['crash', 'timeout-after'], maxOtherFaults: 2 });
  expect(certificate.notCovered).toContain('reordered delivery (nothing here can suffer them)');
});

test('a fault that there is not is refused before anything runs', async () => {
  await expect(run(keyed, ['meteor'])).rejects.toMatchObject({ code: 'fault-unknown' });
});
