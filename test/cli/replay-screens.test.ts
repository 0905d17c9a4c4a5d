import { Chalk } from 'chalk';
import type { PatchesResult, ReplayFinding, ReplayResult } from 'crashwise/results';
import { expect, test } from 'vitest';
import { patchesScreen } from '../../src/cli/screens/patches-screen.js';
import { replayScreen } from '../../src/cli/screens/replay-screen.js';
import type { Screen } from '../../src/report/terminal/screen.js';

const drawn = (width: number): Screen => ({
  chalk: new Chalk({ level: 0 }),
  width,
  readSource: () => 'one\n  two();\nthree',
  pagePath: (page) => (page.endsWith('/unsupported.md') ? undefined : page),
});

type Command = NonNullable<NonNullable<ReplayFinding['divergence']>['expected']>;

const example = { file: 'histories/order.jsonl', line: 7, id: 'order-7' };
const finding = (more: Partial<ReplayFinding> & Pick<ReplayFinding, 'status' | 'code'>): ReplayFinding => ({
  signature: 'order',
  workflow: 'order',
  count: 1,
  examples: [example],
  message: '',
  ...more,
});

const charge: Command = { kind: 'activity', seq: 1, name: 'charge', args: ['order-7', 49], options: {} };
const findings = [
  finding({
    status: 'fail',
    code: 'non-determinism',
    count: 10_002,
    examples: [example, { ...example, id: 'order-8' }],
    location: { file: 'order.ts', line: 2 },
    divergence: {
      decision: 3,
      command: 1,
      difference: 'kind',
      expected: charge,
      actual: { kind: 'timer', seq: 1, durationMs: 5 },
      expectedAll: [charge],
      actualAll: [{ kind: 'timer', seq: 1, durationMs: 5 }],
    },
  }),
  finding({
    status: 'blocked',
    code: 'ambient-call',
    message: 'workflow order (order-7) calls fetch() at order.ts:2:3.',
  }),
  finding({
    status: 'changed',
    code: 'drift',
    message: 'durationMs has changed. What was recorded stays in force for what was recorded.',
    change: { commands: ['timer'], path: 'durationMs', values: [{ recorded: 1, now: 2, count: 3 }], moreValues: 4 },
  }),
  finding({
    status: 'unsupported',
    code: 'unsupported',
    message: 'It is of crashwise/history@2; this version reads @1.',
  }),
];

const replayed: ReplayResult = {
  schema: 'crashwise/replay@1',
  ms: 1_234,
  strict: false,
  stoppedBy: 'end',
  workflows: ['order'],
  histories: 10_005,
  events: 50,
  counts: { pass: 0, changed: 1, fail: 10_002, blocked: 1, unsupported: 1, 'not-covered': 0 },
  findings,
  warnings: [{ code: 'unhandled-rejection', message: 'workflow order (a) dropped a promise.', count: 2 }],
  unreadable: {
    count: 12,
    first: Array.from({ length: 12 }, (_, n) => ({
      file: `h-${n}.json`,
      line: null,
      code: 'history-unreadable',
      message: 'It is empty.',
    })),
  },
  coverage: {
    workflows: [
      { name: 'order', histories: 9, branches: { hit: 2, of: 3, uncovered: [{ file: 'order.ts', line: 3 }] } },
    ],
    events: { started: 9, signaled: 0 },
    commands: { activity: 1_200, timer: 0 },
    patches: [{ id: 'shelf', new: 2, old: 0 }],
  },
};

test('replay: each finding once, with what differs, where, and an example', () => {
  expect(replayScreen(replayed, 1, drawn(80)).split('\n')).toEqual([
    'FAIL  order: it asks for a timer where charge is recorded. (10,002 histories)',
    '',
    '      Decision 3 differs in what it asks for.',
    '',
    '  order.ts:2',
    '    1 | one',
    '  > 2 |   two();',
    '    3 | three',
    '',
    '     recorded                              now',
    '  1  activity charge("order-7", 49)      ≠ timer 5 ms',
    '',
    '  example   order-7, histories/order.jsonl:7',
    '  also      order-8, 10,000 more',
    '  read      docs/errors/non-determinism.md',
    '',
    'BLOCKED  order: the code cannot go on: ambient-call. (1 history)',
    '',
    '            workflow order (order-7) calls fetch() at order.ts:2:3.',
    '',
    '  example   order-7, histories/order.jsonl:7',
    '  read      docs/errors/ambient-call.md',
    '',
    'CHANGED  order: durationMs has changed. What was recorded stays in force for',
    '         what was recorded. (1 history)',
    '',
    '  of        timer',
    '  changed   1 -> 2 (3), others (4)',
    '',
    '  example   order-7, histories/order.jsonl:7',
    '  read      docs/errors/drift.md',
    '',
    'UNSUPPORTED  order: It is of crashwise/history@2; this version reads @1. (1',
    '             history)',
    '',
    '  example   order-7, histories/order.jsonl:7',
    '',
    'WARNING  workflow order (a) dropped a promise. (2 histories)',
    '',
    'UNREADABLE  12 histories; the others were replayed.',
    ...Array.from({ length: 10 }, (_, n) => `  h-${n}.json  history-unreadable: It is empty.`),
    '  and 2 more',
    '  read      docs/errors/history-unreadable.md',
    '',
    'What the histories reach',
    '  workflow  order 9',
    '  branches  order: 2 of 3; not order.ts:3',
    '  events    started 9 · none: signaled',
    '  commands  activity 1,200 · none: timer',
    '  patches   shelf new way 2 · none: shelf old way',
    '',
    '10,005 histories: 1 changed, 10,002 fail, 1 blocked, 1 unsupported, 12',
    'unreadable · 1.2 s · exit 1',
    '',
  ]);
});

const patched: PatchesResult = {
  schema: 'crashwise/patches@1',
  ms: 12,
  stoppedBy: 'end',
  histories: { open: 3, closed: 1_000 },
  leftOut: 2,
  unreadable: { count: 0, first: [] },
  patches: [
    {
      id: 'shelf',
      sites: [{ file: 'order.ts', line: 2, call: 'patched' }],
      seen: { open: { patched: 1, deprecatePatch: 0 }, closed: { patched: 900, deprecatePatch: 1 } },
      absentThoughReached: { open: 1, closed: 99 },
      notReached: { open: 1, closed: 0 },
      unclear: { open: 0, closed: 0 },
      oldest: { id: 'order-1', startedAt: 0, open: true },
      verdict: 'keep',
      rule: 'old-branch-in-use',
      reason: '1 open execution is on the old branch.',
    },
  ],
};

test('patches: the verdict and why, then what it rests on', () => {
  expect(patchesScreen(patched, 0, drawn(80)).split('\n')).toEqual([
    'KEEP  shelf: 1 open execution is on the old branch.',
    '  calls     patched order.ts:2',
    '  marker    1 open, 901 closed (1 by deprecatePatch)',
    '  old way   1 open, 99 closed',
    '  short of  1 open, 0 closed',
    '  oldest    order-1, 1970-01-01T00:00:00.000Z, open',
    '  rule      old-branch-in-use, in docs/guides/versions.md',
    '',
    '1 patch in 1,003 histories, 3 of them open · 2 left out · 12 ms · exit 0',
    '',
  ]);
  expect(patchesScreen({ ...patched, patches: [] }, 0, drawn(80))).toContain('No patch: no call in the code');
});

test('no line is wider than the screen, however narrow', () => {
  for (const screen of [replayScreen(replayed, 1, drawn(50)), patchesScreen(patched, 0, drawn(50))]) {
    const wide = screen.split('\n').filter((line) => line.length > 50 && !line.startsWith('  read'));
    expect(wide).toEqual([]);
  }
});
