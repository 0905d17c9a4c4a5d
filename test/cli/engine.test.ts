import { existsSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import {
  engineListSchema,
  engineQuerySchema,
  engineRunSchema,
  engineShowSchema,
  engineSignalSchema,
  engineStartSchema,
  errorSchema,
} from 'crashwise/results';
import { beforeAll, describe, expect, test } from 'vitest';
import { crashwise, installed, project, unwrapped, type Ended } from './installed.js';
import { ORDER } from './order-workflow.js';

beforeAll(installed, 180_000);

const DB = ['--db', 'o.db'];
const CODE = [...DB, '--workflows', 'order.ts'];
const INPUT = JSON.stringify({ id: 'order-1', amount: 49, napMs: 1 });

type Command = (...args: string[]) => Promise<Ended>;

function shop(files: Readonly<Record<string, string>> = { 'order.ts': ORDER }): { folder: string; engine: Command } {
  const folder = project(files);
  return { folder, engine: (...args) => crashwise(folder, ['engine', ...args]) };
}

const document = ({ stdout }: Ended): unknown => JSON.parse(stdout);

test('an execution that fails says why, wherever it is shown', async () => {
  const { engine } = shop({
    'order.ts': `
      import { workflow } from 'crashwise/engine';
      export const order = workflow('order', () => { throw new RangeError('there are none left'); });
    `,
  });
  await engine('start', 'order', ...CODE, '--id', 'order-1');
  const ran = await engine('run', ...CODE, '--until-idle');
  expect(ran).toMatchObject({ code: 0, stdout: '1 failed\n' });
  expect(ran.stderr).toContain('\nWhy: npx crashwise engine list --db o.db --status failed\n');
  const listed = await engine('list', ...DB, '--status', 'failed');
  expect(listed.stdout).toContain('RangeError: there are none left');
  const { stdout } = await engine('show', 'order-1', ...DB);
  expect(stdout).toMatch(/status {5}failed\nbecause {4}RangeError: there are none left\n$/);
});

test('an order from its start to its end, step by step', { timeout: 240_000 }, async () => {
  const { engine } = shop();
  const start = ['start', 'order', ...CODE, '--id', 'order-1', '--input', INPUT];
  const started = await engine(...start, '--json');
  expect(started).toMatchObject({ code: 0, stderr: '' });
  expect(engineStartSchema.parse(document(started))).toMatchObject({ id: 'order-1', created: true });
  expect(await engine(...start)).toMatchObject({ code: 2, stderr: expect.stringContaining('--use-existing') });
  expect((await engine('show', 'order-1', ...DB)).stdout).toContain('waits for  a worker\n');
  expect(engineShowSchema.parse(document(await engine('show', 'order-1', ...DB, '--json'))).waitsFor).toEqual([]);
  expect(await engine(...start, '--use-existing')).toMatchObject({ code: 0, stdout: 'there already: order-1\n' });

  // The retry is waited for, the signal is not.
  const first = await engine('run', ...CODE, '--until-idle');
  expect(first).toMatchObject({ code: 0, stdout: '1 running\n' });
  expect(first.stderr).toMatch(/^Worker .* runs order on o\.db, until nothing is due\.\n$/);
  expect((await engine('show', 'order-1', ...DB)).stdout).toContain('waits for  a signal\n');
  const answer = await engine('query', 'order-1', 'state', ...CODE, '--json');
  expect(engineQuerySchema.parse(document(answer))).toMatchObject({ query: 'state', args: [], answer: 'charged' });

  const signalled = await engine('signal', 'order-1', 'approve', '"ada"', ...DB, '--json');
  expect(engineSignalSchema.parse(document(signalled))).toMatchObject({ signal: 'approve', args: ['ada'] });
  expect(await engine('query', 'order-1', 'state', ...CODE)).toMatchObject({ stdout: '"approved by ada"\n' });
  let ran: ReturnType<typeof engineRunSchema.parse>;
  do {
    ran = engineRunSchema.parse(document(await engine('run', ...CODE, '--until-idle', '--json')));
  } while (ran.executions.running > 0); // The timer of 1 ms may or may not have come.
  expect(ran).toMatchObject({ stoppedBy: 'idle', executions: { completed: 1 }, nextDue: null, reports: [] });

  const shown = engineShowSchema.parse(document(await engine('show', 'order-1', ...DB, '--json')));
  expect(shown.waitsFor).toEqual([]);
  expect(shown.history.map(({ type }) => type)).toEqual([
    'started',
    'decided',
    'attempt-failed',
    'activity-completed',
    'decided',
    'signaled',
    'decided',
    'timer-fired',
    'decided',
  ]);
  const { stdout } = await engine('show', 'order-1', ...DB);
  for (const text of [
    'started with {"id":"order-1","amount":49,"napMs":1}',
    '#1  activity charge("order-1", 49)',
    'charge #1 failed, attempt 1: Error: the network is down',
    'charge #1 completed: "receipt order-1 49"',
    'signal approve("ada")',
    '#2  timer 1 ms',
    'timer #2 fired',
    'status     completed',
  ]) {
    expect(stdout).toContain(text);
  }
  expect(stdout.split('\n').filter((line) => line.length > 80)).toEqual([]);
});

test('a divergence blocks, is shown with both sides and its line, and resumes once the code is mended', async () => {
  const { folder, engine } = shop();
  await engine('start', 'order', ...DB, '--id', 'order-1', '--input', INPUT);
  await engine('run', ...CODE, '--until-idle');
  await engine('signal', 'order-1', 'approve', '"ada"', ...DB);
  const changed = ORDER.replace('await charge(input.id, input.amount)', 'await refund(input.id)');
  writeFileSync(join(folder, 'order.ts'), changed);

  const blocked = await engine('run', ...CODE, '--until-idle');
  expect(blocked).toMatchObject({ code: 1, stdout: '1 blocked\n' });
  const line = changed.split('\n').findIndex((text) => text.includes('await refund(')) + 1;
  for (const { stderr } of [blocked, await engine('query', 'order-1', 'state', ...CODE)]) {
    expect(stderr).toContain('error non-determinism: ');
    expect(stderr).toMatch(/recorded +now\n +1 {2}activity charge\("order-1", 49\) +≠ activity refund\("order-1"\)\n/);
    expect(stderr).toContain(`  order.ts:${line}\n`);
    expect(stderr).toContain(`> ${line} | const receipt = await refund(input.id);`);
    expect(stderr).toMatch(/\nnow {3}(The execution is blocked, not failed|The call did nothing)/);
    expect(stderr).not.toMatch(/^ +at /m);
  }
  expect((await engine('query', 'order-1', 'state', ...CODE)).code).toBe(1);
  const { executions } = engineListSchema.parse(document(await engine('list', ...DB, '--status', 'blocked', '--json')));
  expect(executions).toMatchObject([{ id: 'order-1', status: 'blocked', problem: { code: 'non-determinism' } }]);
  expect((await engine('list', ...DB)).stdout).toMatch(/order-1 +order +blocked +6 +other code\n {2}non-determinism: /);
  // As the worker told it: what happened, both sides, what to do, where to read on.
  const { stdout } = await engine('show', 'order-1', ...DB);
  expect(stdout.slice(stdout.indexOf('\nerror ') + 1)).toBe(blocked.stderr.slice(blocked.stderr.indexOf('error ')));
  expect(stdout).toMatch(/waits for {2}other code\n\nerror non-determinism: [^]*\ndo {4}Undo [^]*\nread {2}.*\.md\n$/);

  writeFileSync(join(folder, 'order.ts'), ORDER);
  expect((await engine('run', ...CODE, '--until-idle')).code).toBe(0);
  expect(await engine('query', 'order-1', 'state', ...CODE)).toMatchObject({ code: 0, stdout: '"approved by ada"\n' });
});

test('what crashwise says of files is as seen from the directory; what the user handed over is not touched', async () => {
  const { folder, engine } = shop();
  const input = { id: join(folder, 'order.ts:1:1'), amount: 49, napMs: 1 };
  await engine('start', 'order', ...DB, '--id', 'order-1', '--input', JSON.stringify(input));
  await engine('run', ...CODE, '--until-idle');
  await engine('signal', 'order-1', 'approve', '"ada"', ...DB);
  writeFileSync(join(folder, 'order.ts'), ORDER.replace('await charge(input.id, input.amount)', 'await refund("x")'));

  const { reports } = engineRunSchema.parse(document(await engine('run', ...CODE, '--until-idle', '--json')));
  const error = errorSchema.parse(document(await engine('query', 'order-1', 'state', ...CODE, '--json')));
  const list = engineListSchema.parse(document(await engine('list', ...DB, '--json')));
  const shown = engineShowSchema.parse(document(await engine('show', 'order-1', ...DB, '--json')));
  const told = [reports[0]!.message, error.message, list.executions[0]!.problem!.message];
  for (const message of [...told, shown.execution.problem!.message]) {
    expect(message).toMatch(/ at order\.ts:\d+:\d+\.\n/);
    expect(message).toContain(`activity charge("${input.id}", 49)`);
  }
  expect(shown.execution.problem!.details).toMatchObject({ location: expect.stringMatching(/^order\.ts:/) });
  expect(shown.history[0]).toMatchObject({ input });
});

test('a worker stops when it is told to, and its activity in flight ends first', async () => {
  const slow = `
    const { activities, workflow } = require('crashwise/engine');
    exports.work = async () => {
      process.stderr.write('working');
      await new Promise((resolve) => setTimeout(resolve, 700));
      return 'done';
    };
    setInterval(() => {}, 1000); // A handle that stays open must not keep the process.
    exports.slow = workflow('slow', () => activities().work());
  `;
  const { folder, engine } = shop({ 'slow.cjs': slow });
  await engine('start', 'slow', ...DB, '--id', 's');
  const args = ['engine', 'run', ...DB, '--workflows', 'slow.cjs'];
  const stopped = await crashwise(folder, args, { interruptAt: 'working' });
  expect(stopped).toMatchObject({ code: 0, stderr: expect.stringContaining('Stopping when the activities') });
  const { history, execution } = engineShowSchema.parse(document(await engine('show', 's', ...DB, '--json')));
  expect(history.map(({ type }) => type)).toContain('activity-completed');
  expect(execution.leaseOwner).toBeNull();
});

test('--until-idle that a signal ends did not do its work: 130', async () => {
  // However slow the machine is, the work is not done before the signal has come.
  const endless = `
    const { activities, workflow } = require('crashwise/engine');
    exports.work = () => new Promise((resolve) => {
      process.once('SIGINT', () => resolve('done'));
      process.stderr.write('working');
    });
    exports.endless = workflow('endless', () => activities().work());
  `;
  const { folder, engine } = shop({ 'endless.cjs': endless });
  await engine('start', 'endless', ...DB, '--id', 'e');
  const args = ['engine', 'run', ...DB, '--workflows', 'endless.cjs', '--until-idle', '--json'];
  const ended = await crashwise(folder, args, { interruptAt: 'working' });
  expect(ended.code).toBe(130);
  expect(engineRunSchema.parse(document(ended)).stoppedBy).toBe('signal');
});

describe('what cannot be done is refused with 2', () => {
  const files = {
    'order.ts': ORDER,
    'foreign.db': 'hello',
    'empty.db': '',
    'throws.ts': "import './deep/a.js';",
    'deep/a.ts': "\nimport './b.js';",
    'deep/b.ts': "\n\nthrow new Error('no database url');",
    'missing.ts': "import './nosuch.js';",
    'syntax.ts': 'export const = 1;',
    'hangs.ts': 'await new Promise(() => {}); export {};',
    'none.ts': 'export const a: number = 1;',
    'twice.ts':
      "import { workflow } from 'crashwise/engine';\nexport const a = workflow('w', () => 1);\nexport const b = workflow('w', () => 2);",
  };

  test.each([
    [['list', '--db', 'nosuch.db'], 'database-not-found', 'nosuch.db'],
    [['show', 'x', '--db', 'nosuch.db'], 'database-not-found', 'nosuch.db'],
    [['signal', 'x', 'y', '--db', 'nosuch.db'], 'database-not-found', 'nosuch.db'],
    [['query', 'x', 'y', '--db', 'nosuch.db', '--workflows', 'order.ts'], 'database-not-found', 'nosuch.db'],
    [['list', '--db', 'empty.db'], 'database-not-found', 'empty.db is empty'],
    [['show', 'x', '--db', 'empty.db'], 'database-not-found', 'empty.db is empty'],
    [['signal', 'x', 'y', '--db', 'empty.db'], 'database-not-found', 'empty.db is empty'],
    [['query', 'x', 'y', '--db', 'empty.db', '--workflows', 'order.ts'], 'database-not-found', 'empty.db is empty'],
    [['list', '--db', 'foreign.db'], 'store-foreign', 'foreign.db'],
    [['list', 'foo', '--db', 'foreign.db'], 'usage', "Too many arguments for 'list'."],
    [['show', 'a', 'b', '--db', 'foreign.db'], 'usage', "Too many arguments for 'show'."],
    [['start', 'order', 'foo', ...DB, '--id', 'x'], 'usage', "Too many arguments for 'start'."],
    [['start', 'order', ...DB, '--id', 'x', '--input', '{id:1}'], 'usage', '--input is not JSON: {id:1}'],
    [['start', 'oder', ...CODE, '--id', 'x'], 'unknown-workflow', 'Did you mean order?'],
    [['run', ...DB, '--workflows', 'nosuch.ts'], 'module-not-loaded', 'There is no file nosuch.ts.'],
    [['run', ...DB, '--workflows', 'nosuch.ts'], 'module-not-loaded', '\ndo    Correct the path; '],
    [['run', ...DB, '--workflows', 'none.ts'], 'module-unusable', 'none.ts exports no workflow. It exports: a.'],
    [['run', ...DB, '--workflows', 'twice.ts'], 'module-unusable', 'two workflows of the name w'],
    [
      ['run', ...DB, '--workflows', 'throws.ts'],
      'module-not-loaded',
      'throws.ts could not be loaded. no database url by way of throws.ts:1 > deep/a.ts:2 > deep/b.ts:3\n',
    ],
    [['run', ...DB, '--workflows', 'missing.ts'], 'module-not-loaded', "Cannot find module './nosuch.js'"],
    [['run', ...DB, '--workflows', 'syntax.ts'], 'module-not-loaded', 'syntax.ts:1'],
    [['run', ...DB, '--workflows', 'hangs.ts'], 'module-not-loaded', 'awaits something at its top level'],
  ])('%j', async (args, errorCode, text) => {
    const { folder, engine } = shop(files);
    const { code, stdout, stderr } = await engine(...args);
    expect({ code, stdout }).toEqual({ code: 2, stdout: '' });
    expect(stderr).toContain(`error ${errorCode}: `);
    expect(unwrapped(stderr)).toContain(text);
    expect(stderr).toMatch(/\nnow {3}[^]*\ndo {4}.*\n/);
    expect(stderr).not.toMatch(/^ +at .*\(/m);
    expect(existsSync(join(folder, 'nosuch.db'))).toBe(false);
    expect(existsSync(join(folder, 'o.db'))).toBe(false);
    expect(readFileSync(join(folder, 'foreign.db'), 'utf8')).toBe('hello');
    expect(readFileSync(join(folder, 'empty.db'), 'utf8')).toBe('');
  });

  test('an execution or a query that is not there, a signal to one that has ended', async () => {
    const { engine } = shop({
      'order.ts': `
        import { setHandler, workflow } from 'crashwise/engine';
        export const order = workflow('order', () => setHandler({ kind: 'query', name: 'state' }, () => 1));
      `,
    });
    const started = await engine('start', 'order', ...DB, '--id', 'order-1');
    expect(started.stderr).toBe('The name order was not checked: there is no --workflows.\n');
    expect(await engine('run', ...CODE, '--until-idle')).toMatchObject({ code: 0, stdout: '1 completed\n' });
    for (const [args, text] of [
      [['show', 'order-11', ...DB], 'Did you mean order-1?'],
      [['signal', 'order-1', 'approve', ...DB], 'execution-closed'],
      [['show', 'x', ...DB], 'engine list --db <file>'],
      [['query', 'order-1', 'stat', ...CODE], 'It has: state. Did you mean state?'],
      [['query', 'order-1', 'stat', ...CODE], '\ndo    Correct the name, or '],
      [
        ['start', 'order', ...DB, '--id', 'order-1', '--input', '1', '--use-existing'],
        '\ndo    Choose another id, or ',
      ],
    ] as const) {
      const { code, stdout, stderr } = await engine(...args);
      expect({ code, stdout }).toEqual({ code: 2, stdout: '' });
      expect(unwrapped(stderr)).toContain(text);
    }
    expect(await engine('list', ...DB, '--status', 'failed')).toMatchObject({ code: 0, stdout: '' });
  });
});
