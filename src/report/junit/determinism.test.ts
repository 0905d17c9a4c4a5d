import { expect, test } from 'vitest';
import { divergenceLines } from '../terminal/divergence.js';
import { screen, searched } from '../terminal/fixtures/determinism.js';
import { determinismJunit } from './determinism.js';
import { parse } from './fixtures/parse.js';

const elements = (failOn?: 'findings') => parse(determinismJunit(searched(), { failOn, screen }));

test('a case a workflow: divergent fails with the text of the screen, inconclusive is an error', () => {
  const found = elements();
  const counts = { tests: '4', failures: '1', errors: '1', skipped: '0' };
  expect(found[0]!.attributes).toEqual({ name: 'crashwise fuzz', ...counts, time: '2.300' });
  expect(found.find(({ name }) => name === 'testsuite')!.attributes).toEqual({ name: 'src/flows.ts', ...counts });
  const after = (workflow: string) => found[found.findIndex(({ attributes }) => attributes['name'] === workflow) + 1];
  expect(after('right')!.name).toBe('testcase');
  expect(after('wrong')!.attributes['message']).toBe('wrong: replayed from its start, it differs in args[0].');
  const target = searched().targets.find(({ workflow }) => workflow === 'wrong')!;
  expect(after('wrong')).toMatchObject({
    name: 'failure',
    text: divergenceLines(target, target.divergences[0]!, screen).join('\n'),
  });
  expect(after('wrong')!.text).toContain('cause     process.pid, the process, src/flows.ts:5');
  expect(after('shallow')).toMatchObject({ name: 'error', attributes: { type: 'inconclusive' } });
  expect(after('shallow')!.text).toContain('2 of 3 branches');
  expect(after('elsewhere')).toMatchObject({ name: 'system-out', text: expect.stringMatching(/^ELSEWHERE/) });
});

test('where only findings count, what is inconclusive is skipped, and is no pass', () => {
  const found = elements('findings');
  expect(found[0]!.attributes).toMatchObject({ failures: '1', errors: '0', skipped: '1' });
  expect(found.filter(({ name }) => name === 'skipped')).toHaveLength(1);
});
