import { expect, test } from 'vitest';
import type { DeterminismTarget } from '../results/index.js';
import { staleIn } from './stale-in.js';
import { unfinishedTarget } from './unfinished-target.js';

const known = (workflow: string, signature = 'Date.now() a.ts:3:1') => ({ workflow, file: 'a.ts', signature });
const target = (workflow: string, stoppedBy: DeterminismTarget['stoppedBy'], signatures: readonly string[] = []) => ({
  ...unfinishedTarget({ workflow, file: 'a.ts' }, new Error('')),
  stoppedBy,
  divergences: signatures.map((signature) => ({ signature }) as DeterminismTarget['divergences'][number]),
});

test('what a search of all runs did not find is stale', () => {
  const accepted = [known('order'), known('order', 'pid a.ts:9:1')];
  expect(staleIn(accepted, [target('order', 'runs', ['pid a.ts:9:1'])], true)).toEqual([known('order')]);
});

test.each(['time', 'interrupted', 'findings', 'error', 'path'] as const)(
  'a search stopped by %s says nothing',
  (by) => {
    expect(staleIn([known('order')], [target('order', by)], true)).toEqual([]);
  },
);

test('a workflow that is gone is stale, unless some were left out, or nothing of its file was searched', () => {
  expect(staleIn([known('gone')], [target('order', 'runs')], true)).toEqual([known('gone')]);
  expect(staleIn([known('gone')], [target('order', 'runs')], false)).toEqual([]);
  expect(staleIn([{ ...known('gone'), file: 'b.ts' }], [target('order', 'runs')], true)).toEqual([]);
});
