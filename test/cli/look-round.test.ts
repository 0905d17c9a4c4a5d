import { utimesSync } from 'node:fs';
import { join } from 'node:path';
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
      '  npx crashwise simulate checkout           crash it at every point',
      '  npx crashwise simulate                    crash all 2 scenarios',
      '  npx crashwise engine list --db orders.db  where its executions stand',
      '',
    ].join('\n'),
  );
});

test('in an empty directory the next step is the scenario that comes with crashwise; it exists', async () => {
  const folder = project();
  const { stdout } = await crashwise(folder, ['--json']);
  const { next, package: own } = lookRoundSchema.parse(JSON.parse(stdout));
  expect(own).toBeNull();
  expect(next.map(({ command }) => command)).toEqual([
    'npx crashwise simulate signup',
    'npx crashwise init',
    'npx crashwise simulate --list',
  ]);
  expect((await crashwise(folder, ['simulate', '--list'])).code).toBe(0);
});

test('below a package it is that package; an engine that no package.json names is not said to be missing', async () => {
  const folder = project({
    'package.json': JSON.stringify({ name: 'shop', dependencies: { inngest: '^4.0.0' } }),
    'src/flows/scenario.ts': THROWS,
  });
  const below = join(folder, 'src/flows');
  const { stdout } = await crashwise(below, []);
  expect(stdout).toContain('here       shop\nengines    inngest ^4.0.0 (not installed)\nscenarios  ./scenario.ts\n');
  expect(stdout).toContain('\n  npx crashwise simulate ./scenario.ts ');
  expect((await crashwise(project(), [])).stdout).not.toContain('engines');
  expect((await crashwise(project({ 'package.json': '{}' }), [])).stdout).toContain(
    'engines    none named in package.json',
  );
});

test('of several databases the next command names the one that was written last', async () => {
  const folder = project();
  for (const name of ['new one.db', 'old.db'])
    await crashwise(folder, ['engine', 'start', 'order', '--db', name, '--id', 'a']);
  utimesSync(join(folder, 'old.db'), 1, 1);
  const { databases, next } = lookRoundSchema.parse(JSON.parse((await crashwise(folder, ['--json'])).stdout));
  expect(databases).toEqual(['new one.db', 'old.db']);
  expect(next[0]!.command).toBe("npx crashwise engine list --db 'new one.db'");
  utimesSync(join(folder, 'new one.db'), 0, 0);
  expect((await crashwise(folder, [])).stdout).toContain('npx crashwise engine list --db old.db ');
});
