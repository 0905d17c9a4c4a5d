import { expect, test } from 'vitest';
import { renderDeterminism } from './determinism.js';
import { screen, searchedWith } from './fixtures/determinism.js';

test('what is accepted has a line and no story; what is stale says what to do', () => {
  const stale = [{ workflow: 'gone', file: 'src/old.ts', signature: 'Date.now() src/old.ts:3:1' }];
  const text = renderDeterminism({ ...searchedWith({ standing: 'accepted' }), stale }, { ...screen, exitCode: 4 });
  expect(text).toContain('\nACCEPTED  wrong: process.pid, the process, src/flows.ts:5\n');
  expect(text).toMatch(
    /\nSTALE {5}gone of src\/old\.ts: not found any more, take it out of the baseline:\n {10}Date\.now/,
  );
  expect(text).not.toContain('\nDIVERGENT');
  expect(text).toContain('\nELSEWHERE  elsewhere: ');
});

test('without a baseline there is none of it', () => {
  expect(renderDeterminism(searchedWith({}), { ...screen, exitCode: 1 })).not.toMatch(/ACCEPTED|STALE/);
});
