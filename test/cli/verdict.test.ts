import { expect, test } from 'vitest';
import { exitCodeOf } from '../../src/report/verdict.js';

type Run = Parameters<typeof exitCodeOf>[0]['runs'][number];

const run = (verdict: Run['verdict'], broken: string, expected: Run['expected'], expectedBroken: string): Run => ({
  verdict,
  expected,
  expectedProperties: expectedBroken.split(' ').filter(Boolean),
  violations: broken
    .split(' ')
    .filter(Boolean)
    .map((property) => ({ property })),
});

const proved = run('proved', '', 'proved', '');
const open = run('inconclusive', '', 'proved', '');
const found = run('violated', 'a', 'proved', '');

test.each([
  ['proved as expected', [proved], 0],
  ['violated as expected', [run('violated', 'a b', 'violated', 'a b')], 0],
  ['fewer properties broken than expected', [run('violated', 'a', 'violated', 'a b')], 0],
  ['another property broken than expected', [run('violated', 'a c', 'violated', 'a b')], 1],
  ['violated, not expected', [proved, found], 1],
  ['proved, but violated was expected', [run('proved', '', 'violated', 'a')], 1],
  ['inconclusive', [proved, open], 4],
  ['inconclusive, violated expected', [run('inconclusive', '', 'violated', 'a')], 4],
  ['inconclusive and a finding', [open, found], 1],
  ['nothing', [], 0],
] as const)('%s', (_, runs, code) => {
  expect(exitCodeOf({ runs })).toBe(code);
  expect(exitCodeOf({ runs }, { failOn: 'findings' })).toBe(code === 4 ? 0 : code);
});
