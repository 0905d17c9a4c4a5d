import { defineService, simulate, type Scenario } from 'crashwise/simulator';
import type { Life, Site } from '../../src/simulator/life.js';
import { describe, expect, test } from 'vitest';
import { diskPattern, durableSteps, toyScenario } from './toy.js';

// Goal: each verdict, and each way to get none, has a flow that brings it about. The machineries here are a few lines
// long, so that what must be found can be seen with the naked eye.

const write: Site = { name: 'disk.write', kind: 'record', text: 'write to the disk' };

async function run(scenario: Scenario, options: { maxStates?: number; budgetMs?: number } = {}) {
  const { runs } = await simulate({ scenarios: [scenario], ...options });
  return runs[0]!;
}

describe('proved', () => {
  test.each([1, 2, 5])('%i steps with keys: closed, with the number of states that the commits make', async (count) => {
    const keys = Array.from({ length: count }, (_, i) => `step ${i + 1}`);
    const { verdict, closed, states, lives, stoppedBy } = await run(toyScenario([durableSteps(count, true)], keys));
    expect({ verdict, closed, stoppedBy }).toEqual({ verdict: 'proved', closed: true, stoppedBy: 'closed' });
    // Not started, started, answered. Then, each with the lease held or run out: claimed; decided; for each step done
    // and recorded. The last record gives the lease back: there it is one state and not two.
    expect(states).toBe(3 + 2 * (1 + 1 + 2 * count) - 1);
    // A life from each, and a second one where a lease is held: the worker may stay away until it has run out.
    expect(lives).toBe(states + (1 + 1 + 2 * count - 1));
  });
});

describe('violated', () => {
  test('a step without a key is done twice after one crash', async () => {
    const { verdict, violations } = await run(toyScenario([durableSteps(2, false)], ['step 1', 'step 2']));
    expect(verdict).toBe('violated');
    expect(violations).toMatchObject([
      {
        property: 'flashed-once',
        kind: 'ledger',
        crashes: 1,
        sentence: expect.stringContaining('step 1 flashed twice.'),
        schedule: 'durable:lamp.flash.landed',
      },
    ]);
  });

  test('written down before it is done, it may never be done', async () => {
    const early = diskPattern({ flashed: false }, (disk, lamp, life) => {
      void (async () => {
        if (disk.part.flashed) return;
        await life.call(write, () => void (disk.part = { flashed: true }));
        await lamp.flash({ what: 'a', key: 'a' });
      })();
    });
    const { violations } = await run(toyScenario([early], ['a']));
    expect(violations).toMatchObject([
      { property: 'ends', kind: 'liveness', crashes: 1, schedule: 'queue:disk.write.landed' },
    ]);
  });

  test('one of two effects is lost although the goal is reached', async () => {
    const forgetful = diskPattern({ first: false }, (disk, lamp, life) => {
      void (async () => {
        if (disk.part.first) return;
        await lamp.flash({ what: 'a', key: 'a' });
        await life.call(write, () => void (disk.part = { first: true }));
        await lamp.flash({ what: 'b', key: 'b' });
      })();
    });
    const { violations } = await run(toyScenario([forgetful], ['a', 'b']));
    expect(violations).toMatchObject([{ property: 'flashed-once', sentence: 'b never flashed.', crashes: 1 }]);
  });

  test('the fewest crashes are found: a flow that survives two and not three', async () => {
    const patient = diskPattern({ starts: 0 }, (disk, lamp, life) => {
      void (async () => {
        if (disk.part.starts < 3) await life.call(write, () => void (disk.part = { starts: disk.part.starts + 1 }));
        if (disk.part.starts < 3) await new Promise(() => {}); // Comes no further in its first two lives.
        await lamp.flash({ what: 'a' });
      })();
    });
    const { violations } = await run(toyScenario([patient], ['a']));
    expect(violations.map(({ property, crashes }) => `${property} ${crashes}`)).toEqual(['ends 0', 'flashed-once 3']);
    const { story, pointOfNoReturn } = violations[1]!;
    expect(story.filter(({ kind }) => kind === 'crash').map(({ n }) => n)[2]).toBe(pointOfNoReturn);
  });

  test('an effect at most once may be missing, and not be doubled', async () => {
    const { violations } = await run(toyScenario([durableSteps(1, false)], ['step 1'], 'at-most-once'));
    expect(violations).toMatchObject([
      { property: 'flashed-once', sentence: expect.stringContaining('step 1 flashed twice.') },
    ]);
    const missing = await run(toyScenario([durableSteps(1, true)], ['step 1', 'never asked for'], 'at-most-once'));
    expect(missing.verdict).toBe('proved');
  });
});

test('a breach in a life that never rests is told, up to the breach', async () => {
  const pump = diskPattern({ n: 0 }, (disk, lamp, life) => {
    void (async () => {
      for (;;) {
        await lamp.flash({ what: 'a' });
        await life.call(write, () => void (disk.part = { n: 1 - disk.part.n }));
      }
    })();
  });
  const { verdict, stoppedBy, violations } = await run(toyScenario([pump], ['a']));
  expect({ verdict, stoppedBy }).toEqual({ verdict: 'violated', stoppedBy: 'endless-life' });
  expect(violations).toMatchObject([{ property: 'flashed-once', crashes: 0, schedule: 'queue:' }]);
  expect(violations[0]!.story.length).toBeLessThan(10);
});

test('a breach that leads into a life without an end is told in no time: its ways on are without number', async () => {
  const counting = defineService({
    initial: { n: 0 },
    requests: {
      flash: ({ n }, _request: { what: string }) => ({ state: { n: n + 1 }, result: n + 1, effect: 'done', text: '' }),
    },
  });
  const pump = diskPattern({}, (_, lamp, life) => {
    void (async () => {
      if (((await lamp.flash({ what: 'a' })) as unknown as number) < 2) return;
      const spin = (name: string) => life.call({ ...write, name }, () => {});
      for (;;) await Promise.all([spin('one'), spin('two')]);
    })();
  });
  const goal = { property: 'ends', reached: () => true, missed: () => '' };
  const scenario = { ...toyScenario([pump], ['a']), services: { lamp: counting }, goal } as unknown as Scenario;
  const { verdict, stoppedBy, violations } = await run(scenario);
  expect({ verdict, stoppedBy }).toEqual({ verdict: 'violated', stoppedBy: 'endless-life' });
  expect(violations).toMatchObject([{ property: 'flashed-once', crashes: 1 }]);
});

test('a violation without words of the scenario has a page and a hint all the same', async () => {
  const { violations } = await run(toyScenario([durableSteps(1, false)], ['step 1']));
  expect(violations).toMatchObject([{ page: 'docs/errors/charged-twice.md', hint: expect.stringContaining('key') }]);
  const lost = await run(toyScenario([diskPattern({}, () => {})], ['a']));
  expect(lost.violations).toMatchObject([{ property: 'ends', page: 'docs/errors/never-ends.md' }]);
});

describe('inconclusive, and never a pass', () => {
  test('a budget of states', async () => {
    const { verdict, closed, stoppedBy, frontier } = await run(toyScenario([durableSteps(5, true)], ['step 1']), {
      maxStates: 4,
    });
    expect({ verdict, closed, stoppedBy }).toEqual({ verdict: 'inconclusive', closed: false, stoppedBy: 'states' });
    expect(frontier!.states).toBeGreaterThan(0);
  });

  test('a budget of time', async () => {
    const { verdict, stoppedBy } = await run(toyScenario([durableSteps(5, true)], ['step 1']), { budgetMs: -1 });
    expect({ verdict, stoppedBy }).toEqual({ verdict: 'inconclusive', stoppedBy: 'time' });
  });

  test('an interruption: what was found so far is there, and the runs after it are left out', async () => {
    const stop = new AbortController();
    const { runs } = await simulate({
      scenarios: [toyScenario([durableSteps(5, true), durableSteps(1, true)], ['step 1'])],
      signal: stop.signal,
      onProgress: ({ states }) => states > 4 && stop.abort(),
    });
    expect(runs).toMatchObject([{ verdict: 'inconclusive', stoppedBy: 'interrupted', closed: false }]);
    expect(runs[0]!.states).toBeGreaterThan(4);
  });

  test('a process that never rests', async () => {
    const busy = diskPattern({ n: 0 }, (disk, lamp, life) => {
      void (async () => {
        await lamp.flash({ what: 'a', key: 'a' });
        for (;;) await life.call(write, () => void (disk.part = { n: 1 - disk.part.n }));
      })();
    });
    const { verdict, stoppedBy } = await run(toyScenario([busy], ['a']));
    expect({ verdict, stoppedBy }).toEqual({ verdict: 'inconclusive', stoppedBy: 'endless-life' });
  });

  test('a view that leaves out what matters is caught: states of one key behave differently', async () => {
    const start = (
      disk: { part: { lives: number; warm: boolean } },
      lamp: { flash: (request: { what: string; key: string }) => Promise<string> },
      life: Life,
    ): void => {
      void (async () => {
        const { lives } = disk.part;
        await life.call(write, () => void (disk.part = { lives: Math.min(lives + 1, 3), warm: true }));
        // After two lives it does something else: a view without the count takes unlike states for one.
        await lamp.flash({ what: lives < 2 ? 'a' : 'b', key: lives < 2 ? 'a' : 'b' });
      })();
    };
    const initial = { lives: 0, warm: false };
    const honest = await run(toyScenario([diskPattern(initial, start)], ['a'], 'at-most-once'));
    expect(honest.stoppedBy).toBe('closed');
    const unsound = diskPattern(
      initial,
      start,
      ({ warm }) => ({ warm }),
      ({ lives }) => lives,
    );
    const { verdict, stoppedBy } = await run(toyScenario([unsound], ['a'], 'at-most-once'));
    expect({ verdict, stoppedBy }).toEqual({ verdict: 'inconclusive', stoppedBy: 'projection' });
  });
});
