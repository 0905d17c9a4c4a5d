import { expect, test } from 'vitest';
import { searched, searchedWith } from '../terminal/fixtures/determinism.js';
import { determinismAnnotations } from './determinism.js';
import { read } from './fixtures/read.js';

const annotations = (text: string) => text.split('\n').slice(0, -1).map(read);

test('an error at the line to blame, a warning for what is inconclusive, nothing for what does not count', () => {
  const [warning, error, ...more] = annotations(
    determinismAnnotations(searched(), { inRepository: (file) => `shop/${file}` }),
  );
  expect(more).toEqual([]);
  expect(warning).toMatchObject({ name: 'warning', properties: { title: 'shallow: inconclusive' } });
  expect(warning!.message).toContain('2 of 3 branches');
  expect(error).toMatchObject({
    name: 'error',
    properties: { file: 'shop/src/flows.ts', line: '5', title: 'wrong: not deterministic' },
  });
  expect(error!.message).toMatch(
    /^Replayed from its start, it differs in args\[0\]\.\ncause: process\.pid, the process/,
  );
  expect(error!.message).toMatch(/\nagain: npx crashwise fuzz src\/flows\.ts --only wrong --seed 1 --path 0\.0:0$/);
});

test('without a line to blame it is the place that differs, else the file', () => {
  const propertiesOf = (finding: Parameters<typeof searchedWith>[0]) =>
    annotations(determinismAnnotations(searchedWith({ blame: [], ...finding })))[1]!.properties;
  expect(propertiesOf({ location: { file: 'src/steps.ts', line: 9 } })).toMatchObject({
    file: 'src/steps.ts',
    line: '9',
  });
  expect(propertiesOf({ location: undefined })).toEqual({ file: 'src/flows.ts', title: 'wrong: not deterministic' });
});

test('what a baseline accepts is not mentioned, what is stale in it is', () => {
  const stale = [{ workflow: 'gone', file: 'src/old.ts', signature: 'Date.now() src/old.ts:3:1' }];
  const told = annotations(determinismAnnotations({ ...searchedWith({ standing: 'accepted' }), stale }));
  expect(told.map(({ name, properties }) => [name, properties['title']])).toEqual([
    ['warning', 'shallow: inconclusive'],
    ['warning', 'gone: stale in the baseline'],
  ]);
});
