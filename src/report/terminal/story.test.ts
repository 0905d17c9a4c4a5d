import { Chalk } from 'chalk';
import { expect, test } from 'vitest';
import type { SimulationViolation } from '../../results/index.js';
import { storyLines } from './story.js';

const screen = { chalk: new Chalk({ level: 0 }), width: 70, readSource: () => undefined, pagePath: () => undefined };
const violation = (property: string, texts: readonly string[], pointOfNoReturn: number): SimulationViolation => ({
  property,
  kind: 'liveness',
  sentence: 'It never ends.',
  crashes: 1,
  faults: 0,
  schedule: 'queue:',
  story: texts.map((text, at) => ({ n: at + 1, life: 1, site: 'a', phase: 'before', kind: 'step', text })),
  pointOfNoReturn,
  expectedWorld: {},
  actualWorld: {},
  reproduce: { command: '', test: '' },
});
const steps = (count: number): string[] => Array.from({ length: count }, (_, at) => `step ${at + 1}`);

test('a long story that begins like one above goes on where they part', () => {
  const first = violation('one', steps(22), 20);
  const second = violation('two', [...steps(21), 'the sweeper runs', 'the sweeper runs', 'all rests'], 22);
  expect(storyLines(second, [first], screen)).toEqual([
    '  1-21 as in the story of one',
    '  22  life 1  the sweeper runs (2 times)   <- no way back from here',
    '  24  life 1  all rests',
  ]);
});

test('the point of no return is told again, and a short story is told whole', () => {
  const first = violation('one', steps(22), 20);
  expect(storyLines(violation('two', steps(22), 10), [first], screen).slice(0, 2)).toEqual([
    '  1-9 as in the story of one',
    '  10  life 1  step 10   <- no way back from here',
  ]);
  expect(storyLines(violation('two', steps(20), 10), [first], screen)).toHaveLength(20);
});

test('a round of steps that comes again is told once', () => {
  const round = ['the sweeper runs', 'it finds no row'];
  const rounds = violation('one', ['begin', ...round, ...round, ...round, 'all rests'], 8);
  expect(storyLines(rounds, [], screen)).toEqual([
    '  1  life 1  begin',
    '  2  life 1  the sweeper runs (these 2 steps 3 times)',
    '  3  life 1  it finds no row',
    '  8  life 1  all rests   <- no way back from here',
  ]);
});
