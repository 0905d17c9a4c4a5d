import { simulate, withAdditions, type Addition, type Scenario } from 'crashwise/simulator';
import { expect, test } from 'vitest';
import { bySize } from '../../src/simulator/needs.js';
import { diskPattern, toyScenario } from './toy.js';

// Goal: the smallest set is claimed only if all that come before it were decided, and none of them is proved.

const additions = (...names: string[]): Addition[] => names.map((name) => ({ name, without: `no ${name}` }));

/** A machinery that is proved with these alone: it flashes once, and otherwise not at all. */
const machinery = (declared: readonly string[], enough: (has: (name: string) => boolean) => boolean): Scenario => {
  const pattern = withAdditions(additions(...declared), (has) => ({
    pattern: diskPattern({ done: false }, (disk, lamp, life) => {
      const flash = async (): Promise<void> => {
        await lamp.flash({ what: 'one', key: 'one' });
        await life.call({ name: 'disk.write', kind: 'record', text: 'write' }, () => void (disk.part = { done: true }));
      };
      if (enough(has) && !disk.part.done) void flash();
    }),
  }));
  return toyScenario([pattern], ['one']);
};

async function needs(scenario: Scenario, budget: { maxStates?: number } = {}) {
  const { runs } = await simulate({ scenarios: [scenario], matrix: true, ...budget });
  return runs[0]!;
}

test('sets come by size, then by name', () => {
  expect(bySize(additions('b', 'c', 'a')).map((set) => set.map(({ name }) => name).join(''))).toEqual([
    'a',
    'b',
    'c',
    'ab',
    'ac',
    'bc',
    'abc',
  ]);
});

test('the smallest set, with its causes', async () => {
  const run = await needs(machinery(['c', 'b', 'a'], (has) => (has('a') && has('c')) || (has('b') && has('c'))));
  expect(run).toMatchObject({ verdict: 'violated', needs: ['a', 'c'], causes: ['no a', 'no c'] });
});

test('of two of one size, the first by name', async () => {
  expect((await needs(machinery(['b', 'a'], (has) => has('a') || has('b')))).needs).toEqual(['a']);
});

test('a pattern that is proved needs nothing', async () => {
  expect(await needs(machinery(['a'], () => true))).toMatchObject({ verdict: 'proved', needs: [], causes: [] });
});

test('where nothing is enough, or nothing is declared, nothing is claimed', async () => {
  expect((await needs(machinery(['a', 'b'], () => false))).needs).toBeUndefined();
  expect((await needs(machinery([], () => false))).needs).toBeUndefined();
});

test('a set that was not decided within the budget is not claimed, nor is any that comes after it', async () => {
  const scenario = machinery(['a', 'b'], (has) => has('a') || has('b'));
  const { verdict, needs: found } = await needs(scenario, { maxStates: 1 });
  // The bare machinery has one state; with an addition there are more.
  expect({ verdict, found }).toEqual({ verdict: 'violated', found: undefined });
});

test('without matrix, nothing is searched', async () => {
  const { runs } = await simulate({ scenarios: [machinery(['a'], (has) => has('a'))] });
  expect(runs[0]).not.toHaveProperty('needs');
});
