import { join } from 'node:path';
import { expect, test } from 'vitest';
import type { Workflow } from 'crashwise/engine';
import { Coverage } from '../../src/determinism/branches/coverage.js';
import { Program } from '../../src/loader/program.js';
import { userFiles } from '../loader/user-files.js';

// Goal: of each workflow it is known which of its own branches the recorded runs went through. Method: modules of a user's,
// loaded and called by hand.

async function loaded(sources: Readonly<Record<string, string>>) {
  const entry = join(userFiles(sources), Object.keys(sources)[0]!);
  const coverage = new Coverage();
  const program = await Program.of(entry, [], coverage.instrument);
  const exports = (await program.evaluate()) as Readonly<Record<string, Workflow>>;
  coverage.imported();
  return { coverage, exports, program };
}

type Run = (input: unknown) => unknown;
const call = (coverage: Coverage, run: Workflow['run'], input?: unknown) =>
  coverage.during(async () => (run as Run)(input));

const ORDER = `import { workflow } from 'crashwise/engine';
import { total, unused } from './total.js';
enum Size { Small, Large }
export const order = workflow('order', async (n: number) => {
  if (n > 3) {
    return total(n);
  }
  return local(n) + Size.Small;
});
function local(n: number) {
  return n > 0
    ? n
    : 0;
}
export function neverNamed() { return 1; }
export const other = workflow('other', async (n: number) => n > 1 && local(n));
`;
const TOTAL = `export const total = (n: number) => n > 5 ? 5 : n;
export function unused() { return total(1) || 4; }
export const sum = (n: number) => n;
`;

test('counts the branches of a workflow and of what it names, in all files, and no others', async () => {
  const { coverage, exports } = await loaded({ 'order.ts': ORDER, 'total.ts': TOTAL });
  const { order, other } = exports as { order: Workflow; other: Workflow };
  // order: itself, if and no if; local and 2; total and 2; the function that the enum is made by, which has run.
  expect(coverage.of(order.run)).toMatchObject({ hit: 1, of: 10 });
  const { newly } = await call(coverage, order.run, 1);
  expect(newly).toHaveLength(4);
  expect(coverage.of(order.run)).toMatchObject({ hit: 5, of: 10 });
  expect((await call(coverage, order.run, 2)).newly).toEqual([]);
  const uncovered = coverage.of(order.run).uncovered.map(({ file, line }) => `${file.replace(/.*\//, '')}:${line}`);
  expect(uncovered).toEqual(['order.ts:5', 'order.ts:13', 'total.ts:1']);
  for (const n of [4, 9, -1]) await call(coverage, order.run, n);
  expect(coverage.of(order.run)).toEqual({ hit: 10, of: 10, uncovered: [] });

  coverage.clear();
  expect(coverage.of(other.run)).toMatchObject({ hit: 0, of: 5 });
  await call(coverage, other.run, 2);
  expect(coverage.of(other.run)).toMatchObject({ hit: 4, of: 5 });
});

test('a function that comes by another way is counted once a run has been in it', async () => {
  const source = `import { workflow } from 'crashwise/engine';
const steps = new Map([['a', (n: number) => n > 0 ? 1 : 2], ['b', () => 3]]);
const traced = (run: (n: number) => unknown) => async (n: number) => run(n);
export const flow = workflow('flow', traced((n) => globalThis[Symbol.for('find') as never] (n)));
(globalThis as any)[Symbol.for('find')] = (n: number) => n > 5 ? 1 : 2;
`;
  const { coverage, exports } = await loaded({ 'dynamic.ts': source });
  expect(coverage.of(exports['flow']!.run)).toMatchObject({ hit: 0, of: 1 });
  await call(coverage, exports['flow']!.run, 1);
  expect(coverage.of(exports['flow']!.run)).toMatchObject({ hit: 4, of: 5 });
});

test('what runs beside a recorded run, or in a later evaluation, is none of it', async () => {
  const { coverage, exports, program } = await loaded({
    'beside.ts': ORDER.replace('./total.js', './total2.js'),
    'total2.ts': TOTAL,
  });
  const { order } = exports as { order: Workflow };
  await (order.run as Run)(1);
  expect(coverage.of(order.run)).toMatchObject({ hit: 1 });
  const again = (await program.evaluate()) as { order: Workflow };
  await call(coverage, again.order.run, 1);
  expect(coverage.of(order.run)).toMatchObject({ hit: 5, of: 10 });
});

test('CommonJS as it is found is counted, too', async () => {
  const source = `const { workflow } = require('crashwise/engine');
const half = (n) => n > 2 ? n / 2 : n;
module.exports = { flow: workflow('flow', async (n) => half(n)) };
`;
  const { coverage, exports } = await loaded({ 'flow.cjs': source });
  await call(coverage, exports['flow']!.run, 1);
  expect(coverage.of(exports['flow']!.run)).toMatchObject({ hit: 3, of: 4 });
  expect(coverage.unread).toEqual([]);
});
