import { Chalk } from 'chalk';
import { CrashwiseError, type Command, type Divergence } from 'crashwise/engine';
import type { EngineListResult } from 'crashwise/results';
import { expect, test } from 'vitest';
import { closestName } from '../../src/cli/closest-name.js';
import { divergenceLines } from '../../src/cli/screens/divergence.js';
import { errorText } from '../../src/cli/screens/error-text.js';
import { listScreen } from '../../src/cli/screens/list-screen.js';
import { lookRoundScreen } from '../../src/cli/screens/look-round-screen.js';
import { span } from '../../src/cli/screens/span.js';
import { wantsColor } from '../../src/cli/wants-color.js';
import type { Screen } from '../../src/report/terminal/screen.js';

const NOW = 1_800_000_000_000;
const chalk = new Chalk({ level: 0 });
const drawn: Screen = { chalk, width: 80, readSource: () => undefined, pagePath: (page) => page };

type Execution = EngineListResult['executions'][number];
const execution = (id: string, more: Partial<Execution>): Execution => ({
  id,
  workflow: 'order',
  status: 'running',
  length: 4,
  createdAt: NOW,
  wakeAt: null,
  leaseToken: 1,
  leaseOwner: null,
  leaseUntil: null,
  claims: 0,
  problem: null,
  ...more,
});

const executions = [
  execution('a', {}),
  execution('b', { wakeAt: NOW + 90_061_000 }),
  execution('c', { wakeAt: 0, leaseOwner: 'box-7', leaseUntil: NOW + 12_000, claims: 1 }),
  execution('d', { wakeAt: 0, leaseOwner: 'box-8', leaseUntil: NOW - 5_000, claims: 9 }),
  execution('e', { status: 'blocked', problem: { code: 'ambient-call', message: 'It calls Date.now().\nMore.' } }),
  execution('f', { status: 'completed' }),
];

test('the list says what each waits for, who holds it, and what is wrong', () => {
  const screen = listScreen({ schema: 'crashwise/engine-list@1', executions }, { chalk, columns: 80, now: NOW });
  expect(screen).toBe(
    [
      'id  workflow  status     events  waits for           held by',
      'a   order     running    4       a signal',
      'b   order     running    4       the clock: 1 d 1 h',
      'c   order     running    4       its worker          box-7, 12 s left',
      'd   order     running    4       a worker            box-8, ran out 5 s ago',
      '  claimed 9 times without progress',
      'e   order     blocked    4       other code',
      '  ambient-call: It calls Date.now().',
      'f   order     completed  4',
      '',
    ].join('\n'),
  );
});

test('where the list is too wide, the holder stands below', () => {
  const [, , held] = executions;
  const result = { schema: 'crashwise/engine-list@1' as const, executions: [held!] };
  const screen = listScreen(result, { chalk, columns: 50, now: NOW });
  expect(screen.split('\n').slice(1)).toEqual([
    'c   order     running  4       its worker',
    '  held by box-7, 12 s left',
    '',
  ]);
});

test('where even that is too wide, each id stands alone; no line but an id is wider than the screen', () => {
  const id = `signup-${'0123456789'.repeat(7)}`;
  const problem = { code: 'ambient-call', message: 'workflow order (a) calls Date.now() at order.ts:3:9, and more.' };
  const wide = [execution(id, { status: 'blocked', problem }), execution('b', { leaseOwner: 'box', leaseUntil: 0 })];
  const screen = listScreen(
    { schema: 'crashwise/engine-list@1', executions: wide },
    { chalk, columns: 50, now: 60_000 },
  );
  expect(screen.split('\n')).toEqual([
    id,
    '  order, blocked, events: 4, waits for other code',
    '  ambient-call: workflow order (a) calls',
    '  Date.now() at order.ts:3:9, and more.',
    'b',
    '  order, running, events: 4, waits for a worker',
    '  held by box, ran out 1 min ago',
    '',
  ]);
});

test('an error is wrapped at words; its page stays on one line, to be copied', () => {
  const message = `There is no workflow "oder" here. There is: order.\n    at one of the frames of a stack that is kept`;
  const error = new CrashwiseError('unknown-workflow', message, {
    next: 'The call did nothing, and nothing was recorded.',
    hint: 'Register it under this name.',
  });
  const page = `/opt/${'long/'.repeat(8)}docs/errors/unknown-workflow.md`;
  expect(errorText(error, { ...drawn, width: 40, pagePath: () => page }).split('\n')).toEqual([
    'error unknown-workflow: There is no',
    '      workflow "oder" here. There is:',
    '      order.',
    '          at one of the frames of a',
    '          stack that is kept',
    'now   The call did nothing, and nothing',
    '      was recorded.',
    'do    Register it under this name.',
    `read  ${page}`,
    '',
  ]);
});

test('what this directory is, on a narrow screen: the commands stay whole', () => {
  const next = [{ command: 'npx crashwise engine list --db orders.db', text: 'where its executions stand' }];
  const engines = [{ engine: 'Temporal', package: '@temporalio/workflow', version: '^1.13.0', installed: false }];
  const result = {
    schema: 'crashwise/look-round@1' as const,
    package: { name: 'shop', version: null },
    engines: [...engines, { ...engines[0]!, package: '@temporalio/worker' }],
    scenarios: [],
    databases: [],
    next,
  };
  expect(lookRoundScreen(result, 50).split('\n')).toEqual([
    'here       shop',
    'engines    @temporalio/workflow ^1.13.0 (not',
    '           installed), @temporalio/worker ^1.13.0',
    '           (not installed)',
    'scenarios  none under scenarios/',
    '',
    'next',
    '  npx crashwise engine list --db orders.db',
    '      where its executions stand',
    '',
  ]);
});

const timer = (seq: number): Command => ({ kind: 'timer', seq, durationMs: 5 });
const call = (name: string): Command => ({ kind: 'activity', seq: 1, name, args: [], options: {} });
const patch: Command = { kind: 'patch', id: 'p', deprecated: true };

const table = (divergence: Partial<Divergence>): readonly string[] => {
  const whole = { decision: 1, difference: 'kind', location: '', expected: null, actual: null, ...divergence };
  const lines = divergenceLines(whole as Divergence, { ...drawn, width: 60 });
  return lines.slice(3, -1).map((line) => line.replace(/ +/g, ' '));
};

test('a divergence: the first difference is marked, what was not reached is left open', () => {
  const recorded = [timer(1), call('a'), timer(2)];
  expect(table({ command: 2, actual: call('b'), expectedAll: recorded, actualAll: [timer(1), call('b')] })).toEqual([
    ' 1 timer 5 ms timer 5 ms',
    ' 2 activity a() ≠ activity b()',
    ' 3 timer 5 ms',
  ]);
});

test('a divergence: a command that the code no longer asks for, and one that is new', () => {
  expect(table({ command: 2, actual: null, expectedAll: [timer(1), timer(2)], actualAll: [timer(1)] })).toEqual([
    ' 1 timer 5 ms timer 5 ms',
    ' 2 timer 5 ms ≠ (nothing)',
  ]);
  expect(table({ command: 2, actual: timer(2), expectedAll: [timer(1)], actualAll: [timer(1), timer(2)] })).toEqual([
    ' 1 timer 5 ms timer 5 ms',
    ' 2 (nothing) ≠ timer 5 ms',
  ]);
});

test('a divergence: the marker of a dropped patch has nothing beside it', () => {
  const recorded = [patch, timer(1), call('a')];
  expect(table({ command: 3, actual: call('b'), expectedAll: recorded, actualAll: [timer(1), call('b')] })).toEqual([
    ' 1 patch "p" (deprecated)',
    ' 2 timer 5 ms timer 5 ms',
    ' 3 activity a() ≠ activity b()',
  ]);
});

test('spans, near names and colour', () => {
  const spans = [0, 12, 1_500, 59_999, 184_000, 3_600_000, 30 * 86_400_000].map(span);
  expect(spans).toEqual(['0 ms', '12 ms', '1.5 s', '60 s', '3 min 4 s', '1 h', '30 d']);
  expect(closestName('singup', ['signup', 'refund'])).toBe('signup');
  expect(closestName('xyz', ['signup', 'refund'])).toBeUndefined();
  expect(wantsColor({}, true, true)).toBe(true);
  expect(wantsColor({ TERM: 'dumb' }, true, true)).toBe(false);
  expect(wantsColor({ NO_COLOR: '' }, true, true)).toBe(true);
  expect(wantsColor({ FORCE_COLOR: '0' }, true, true)).toBe(false);
});
