import { accidental, durable } from 'crashwise/simulator';
import { expect, test } from 'vitest';
import { changed } from '../../test/scenarios/changed.js';
import { outcomeOf, PROVED } from '../../test/scenarios/run.js';
import type * as App from './accidental.js';
import scenario from './scenario.js';
import { nudgeActivities, trialNudge } from './workflow.js';

const DAY_MS = 86_400_000;

/** The cron job with some of its lines changed. */
function withChanges(changes: readonly (readonly [from: string, to: string])[]): object {
  const { nudgeApp } = changed<typeof App>(new URL('./accidental.ts', import.meta.url), changes);
  const request = { id: 't1', user: 'ada@example.com' };
  const pattern = accidental({ request, stuckAfterMs: 3 * DAY_MS, sweepEveryMs: DAY_MS, app: nudgeApp });
  return { ...scenario, patterns: [pattern] };
}

const MAIL_LINE = 'await mail.nudge({ to: trial.user });';
const FLAG_LINE = "await trials.update(trial.id, { status: 'nudged' });";
const KEY_FROM_ROW = [MAIL_LINE, 'await mail.nudge({ to: trial.user, key: `nudge:${trial.id}` });'] as const;
const FLAG_FIRST = [`${MAIL_LINE}\n        ${FLAG_LINE}`, `${FLAG_LINE}\n        ${MAIL_LINE}`] as const;

test('durable is proved: after three days one nudge, however often the worker dies', async () => {
  expect(await outcomeOf(scenario, 'durable')).toEqual(PROVED);
});

test('the cron job nudges twice after one crash', async () => {
  expect(await outcomeOf(scenario, 'accidental')).toEqual({
    verdict: 'violated',
    closed: true,
    broken: ['nudged-once, 1: The user of trial t1 was nudged twice. Each crash there does it once more.'],
  });
});

test('with the flag written before the mail it nudges never, after one crash', async () => {
  const { verdict, broken } = await outcomeOf(withChanges([FLAG_FIRST]), 'accidental');
  expect({ verdict, broken }).toEqual({
    verdict: 'violated',
    broken: ['nudge-ends, 1: The user of trial t1 is never nudged: row t1 is "nudged".'],
  });
});

test('with the key made from the row the cron job is proved', async () => {
  expect(await outcomeOf(withChanges([KEY_FROM_ROW]), 'accidental')).toEqual(PROVED);
});

test('durable without the key nudges twice: no engine can help there', async () => {
  const pattern = durable({
    workflow: trialNudge,
    activities: (services: Parameters<typeof nudgeActivities>[0]) => ({
      ...nudgeActivities(services),
      sendNudge: (to: string) => services.mail.nudge({ to }),
    }),
    start: { id: 't1', input: { user: 'ada@example.com' } },
  });
  const { broken } = await outcomeOf({ ...scenario, patterns: [pattern] }, 'durable');
  expect(broken).toEqual([
    'nudged-once, 1: The user of trial t1 was nudged twice. Each crash there does it once more.',
  ]);
});
