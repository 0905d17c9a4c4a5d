import { activities, deprecatePatch, patched, workflow, type Workflow } from '../../src/engine/index.js';
import type { PatchReport } from '../../src/results/index.js';
import type { RecordedOptions } from './recorded.js';

const { charge, hold, reserve, ship, audit } = activities<{
  charge(id: string): Promise<string>;
  hold(id: string): Promise<string>;
  reserve(id: string): Promise<string>;
  ship(id: string): Promise<string>;
  audit(id: string): Promise<string>;
}>();

/** The code from before a patch to after it: `hold` became `reserve`. `other` is code that does not belong here. */
export const STAGES = {
  before: workflow('order', async (id: string) => {
    await charge(id);
    await hold(id);
    return ship(id);
  }),
  patched: workflow('order', async (id: string) => {
    await charge(id);
    if (patched('reserve')) await reserve(id);
    else await hold(id);
    return ship(id);
  }),
  deprecated: workflow('order', async (id: string) => {
    await charge(id);
    deprecatePatch('reserve');
    await reserve(id);
    return ship(id);
  }),
  gone: workflow('order', async (id: string) => {
    await charge(id);
    await reserve(id);
    return ship(id);
  }),
  other: workflow('order', async (id: string) => {
    await audit(id);
    return ship(id);
  }),
} as const satisfies Readonly<Record<string, Workflow<string>>>;

export type Stage = keyof typeof STAGES;

/** Sources as far as patches go, for the search for calls. */
export const SOURCES: Readonly<Record<Stage, string>> = {
  before: '',
  patched: "if (patched('reserve')) await reserve(id);",
  deprecated: "deprecatePatch('reserve');",
  gone: '',
  other: '',
};

/** How far an execution has come. */
const REACH = {
  'before the call': { outcomes: 0 },
  'past the call': { outcomes: 1 },
  'its end': {},
} as const satisfies Readonly<Record<string, RecordedOptions>>;

export interface PatchCase {
  readonly title: string;
  readonly today: Stage;
  /** Who recorded it, and how far it came. */
  readonly histories: readonly (readonly [by: Stage, reach: keyof typeof REACH])[];
  readonly verdict: PatchReport['verdict'];
  readonly rule: string;
}

export const reachOf = (reach: keyof typeof REACH): RecordedOptions => REACH[reach];

export const CASES: readonly PatchCase[] = [
  {
    title: 'an open execution is on the old branch',
    today: 'patched',
    histories: [
      ['before', 'past the call'],
      ['patched', 'past the call'],
    ],
    verdict: 'keep',
    rule: 'old-branch-in-use',
  },
  {
    title: 'all that came there took the new branch, and one has not come there yet',
    today: 'patched',
    histories: [
      ['patched', 'past the call'],
      ['patched', 'its end'],
      ['before', 'before the call'],
    ],
    verdict: 'deprecate',
    rule: 'all-on-new-branch',
  },
  {
    title: 'only closed executions took the old branch',
    today: 'patched',
    histories: [
      ['before', 'its end'],
      ['patched', 'past the call'],
    ],
    verdict: 'deprecate',
    rule: 'all-on-new-branch',
  },
  {
    title: 'nobody came there',
    today: 'patched',
    histories: [['patched', 'before the call']],
    verdict: 'unknown',
    rule: 'not-reached',
  },
  {
    title: 'nobody took the new branch yet',
    today: 'patched',
    histories: [
      ['before', 'its end'],
      ['before', 'before the call'],
    ],
    verdict: 'unknown',
    rule: 'new-way-not-seen',
  },
  {
    title: 'closed executions alone',
    today: 'patched',
    histories: [
      ['patched', 'its end'],
      ['patched', 'its end'],
    ],
    verdict: 'unknown',
    rule: 'no-open-executions',
  },
  {
    title: 'an open execution does not replay, and holds no marker',
    today: 'patched',
    histories: [
      ['patched', 'past the call'],
      ['other', 'past the call'],
    ],
    verdict: 'unknown',
    rule: 'replay-fails',
  },
  {
    title: 'an open execution holds a marker from before the deprecation',
    today: 'deprecated',
    histories: [
      ['patched', 'past the call'],
      ['deprecated', 'past the call'],
    ],
    verdict: 'keep',
    rule: 'marker-needs-call',
  },
  {
    title: 'every open execution began after the deprecation',
    today: 'deprecated',
    histories: [
      ['deprecated', 'past the call'],
      ['patched', 'its end'],
    ],
    verdict: 'delete',
    rule: 'all-deprecated',
  },
  {
    title: 'the deprecation was never run',
    today: 'deprecated',
    histories: [
      ['patched', 'its end'],
      ['patched', 'before the call'],
    ],
    verdict: 'unknown',
    rule: 'deprecation-not-seen',
  },
  {
    title: 'the old branch was dropped while an execution was on it',
    today: 'deprecated',
    histories: [
      ['before', 'past the call'],
      ['deprecated', 'past the call'],
    ],
    verdict: 'keep',
    rule: 'old-branch-gone-too-early',
  },
  {
    title: 'the call was deleted while a marker needs it',
    today: 'gone',
    histories: [
      ['patched', 'past the call'],
      ['deprecated', 'past the call'],
    ],
    verdict: 'keep',
    rule: 'call-gone-too-early',
  },
  {
    title: 'the call was deleted, and what is open does not need it',
    today: 'gone',
    histories: [
      ['deprecated', 'past the call'],
      ['patched', 'its end'],
    ],
    verdict: 'delete',
    rule: 'gone',
  },
];
