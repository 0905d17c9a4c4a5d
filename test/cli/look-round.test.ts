import { lookRoundSchema } from 'crashwise/results';
import { beforeAll, expect, test } from 'vitest';
import { crashwise, installed, project } from './installed.js';

beforeAll(installed, 180_000);

const THROWS = 'throw new Error("it was executed");';

test('says what this directory is and what to do next, with its own names, and executes nothing', async () => {
  const folder = project({
    'package.json': JSON.stringify({
      name: 'shop',
      version: '1.2.3',
      dependencies: { '@temporalio/worker': '^1.13.0', inngest: '^4.0.0', express: '5.0.0' },
    }),
    'node_modules/inngest/package.json': JSON.stringify({ name: 'inngest', version: '4.24.0' }),
    'scenarios/checkout/scenario.ts': THROWS,
    'scenarios/refund/scenario.mjs': THROWS,
    'scenarios/notes/readme.md': '',
    'other.db': 'not a database',
  });
  await crashwise(folder, ['engine', 'start', 'order', '--db', 'orders.db', '--id', 'order-1']);
  const { code, stdout, stderr } = await crashwise(folder, []);
  expect({ code, stderr }).toEqual({ code: 0, stderr: '' });
  expect(stdout.split('\n').length).toBeLessThanOrEqual(15);
  expect(stdout).toBe(
    [
      'here       shop 1.2.3',
      'engines    @temporalio/worker ^1.13.0 (not installed), inngest 4.24.0',
      'scenarios  checkout, refund',
      'databases  orders.db',
      '',
      'next',
      '  crashwise simulate checkout           crash it at every point',
      '  crashwise simulate                    crash all 2 scenarios',
      '  crashwise engine list --db orders.db  where its executions stand',
      '',
    ].join('\n'),
  );
});

test('in an empty directory the next step is the scenario that comes with crashwise; it exists', async () => {
  const folder = project();
  const { stdout } = await crashwise(folder, ['--json']);
  const { next, package: own } = lookRoundSchema.parse(JSON.parse(stdout));
  expect(own).toBeNull();
  expect(next.map(({ command }) => command)).toEqual(['crashwise simulate signup', 'crashwise simulate --list']);
  expect((await crashwise(folder, ['simulate', '--list'])).code).toBe(0);
});
