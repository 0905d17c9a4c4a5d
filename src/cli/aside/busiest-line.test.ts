import { join } from 'node:path';
import type { Profiler } from 'node:inspector';
import { expect, test } from 'vitest';
import { busiestLine } from './busiest-line.js';

const node = (
  id: number,
  url: string,
  lines: readonly (readonly [line: number, ticks: number])[],
  children: readonly number[] = [],
): Profiler.ProfileNode => ({
  id,
  callFrame: { functionName: '', scriptId: '1', url, lineNumber: 9, columnNumber: 0 },
  hitCount: lines.reduce((sum, [, ticks]) => sum + ticks, 0),
  positionTicks: lines.map(([line, ticks]) => ({ line, ticks })),
  children: [...children],
});
const users = join(process.cwd(), 'flows/signup.ts');

test('is the line of the user with the most ticks, whatever else is busier', () => {
  const nodes = [
    node(1, '', [], [2, 3]),
    node(2, 'node:internal/process/task_queues', [[1, 90]]),
    node(3, `file://${users}`, [
      [12, 2],
      [14, 7],
    ]),
  ];
  expect(busiestLine({ nodes })).toBe('flows/signup.ts:14');
});

test('is the function of the user that called the library at work', () => {
  const library = join(process.cwd(), 'node_modules/some/index.js');
  expect(busiestLine({ nodes: [node(1, users, [], [2]), node(2, library, [[3, 8]])] })).toBe('flows/signup.ts:10');
});

test('is nothing where crashwise or Node is at work', () => {
  const own = join(process.cwd(), 'dist/simulator/life.js');
  expect(busiestLine({ nodes: [node(1, '', [[1, 5]], [2]), node(2, own, [[3, 8]])] })).toBe('');
});
