import { durable, queue } from 'crashwise/simulator';
import { expect, test } from 'vitest';
import { changed } from '../../test/scenarios/changed.js';
import { outcomeOf, PROVED, run } from '../../test/scenarios/run.js';
import type * as Jobs from './queue.js';
import scenario from './scenario.js';
import type { services } from './services.js';
import { agent, agentActivities } from './workflow.js';

const input = { text: 'Order o1 arrived broken. Please refund it.' };
const TWICE = ['refunded-once, 1: Order o1 was refunded twice. Each crash there does it once more.'];

/** The resumed job with this key for its refund. */
function withKey(key: string): object {
  const call = 'await shop.refund(answer.args)';
  const changes = [[call, `await shop.refund({ ...answer.args, key: ${key} })`]] as const;
  const { agentJobs } = changed<typeof Jobs>(new URL('./queue.ts', import.meta.url), changes);
  const messages = [{ name: 'answer', data: { id: 'c1' } }];
  return { ...scenario, patterns: [queue<typeof services>({ messages, jobs: agentJobs(input) })] };
}

/** The engine without its key for the refund. */
function withoutKey(): object {
  const activities = (clients: Parameters<typeof agentActivities>[0]): object => ({
    ...agentActivities(clients),
    refund: (args: { order: string; reason: string }) => clients.shop.refund(args),
  });
  return { ...scenario, patterns: [durable({ workflow: agent, activities, start: { id: 'c1', input } })] };
}

test('durable is proved: the answers of the model are on record, and the key is the engine’s', async () => {
  expect(await outcomeOf(scenario, 'durable')).toEqual(PROVED);
});

test('a run that is resumed without keys refunds again, after one crash', async () => {
  expect(await outcomeOf(scenario, 'queue')).toEqual({ verdict: 'violated', closed: true, broken: TWICE });
});

test('a key made of the arguments does not help: the model words them anew', async () => {
  const { broken } = await outcomeOf(withKey('JSON.stringify(answer.args)'), 'queue');
  expect(broken).toEqual(['refunded-once, 1: Order o1 was refunded twice.']);
});

test('a key made of what the refund is for does', async () => {
  expect(await outcomeOf(withKey('`refund:${answer.args.order}`'), 'queue')).toEqual(PROVED);
});

test('recorded answers alone do not help either: without its key the engine refunds twice', async () => {
  expect((await outcomeOf(withoutKey(), 'durable')).broken).toEqual(TWICE);
});

test(
  'an answer that is lost on its way back is the case of the report, and needs no crash',
  { timeout: 300_000 },
  async () => {
    const lost = { faults: ['timeout-after'], maxFaults: 1 };
    expect(await outcomeOf(scenario, 'durable', lost)).toEqual(PROVED);
    const { violations } = await run(withoutKey(), 'durable', { schedule: 'durable:!timeout-after=shop.refund' });
    expect(violations).toMatchObject([{ property: 'refunded-once', crashes: 0, faults: 1 }]);
  },
);
