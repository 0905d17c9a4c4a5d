import { activities, MemoryStore, sleep, workflow } from 'crashwise/engine';
import { describe, expect, test } from 'vitest';
import { lab } from './lab.js';

// Goal: what is in flight is neither forgotten nor begun twice. Method: a worker with several activities in flight dies
// (its lab's clock stands still from then on) and another one takes over; and, without any crash, activities whose
// outcomes arrive in the middle of a decision, from 0 to 80 microtasks after one another.

const DAY_MS = 86_400_000;
const { fast, slow } = activities<{ fast: () => string; slow: () => string | Promise<string> }>();

describe('a worker that dies with one of two activities done', () => {
  const flows = {
    'nothing else to wait for': workflow('both', async () => Promise.all([fast(), slow()])),
    'a long timer beside it': workflow('both', async () => {
      const month = sleep(30 * DAY_MS);
      const results = await Promise.all([fast(), slow()]);
      await Promise.race([month, sleep(1)]);
      return results;
    }),
  };

  test.each(Object.entries(flows))('with %s: another worker goes on when the lease runs out', async (_, both) => {
    const store = new MemoryStore();
    const dying = lab({ store });
    dying.work([both], { fast: () => 'fast', slow: () => new Promise(() => {}) }, { leaseMs: 10_000 });
    await dying.client.start(both, { id: 'a' });
    await dying.settle(1_000);
    expect((await dying.client.history('a')).filter(({ type }) => type === 'activity-completed')).toHaveLength(1);
    const next = lab({ store });
    next.clock.time = dying.clock.time;
    next.work([both], { fast: () => 'never again', slow: () => 'slow' });
    await next.settle(20_000);
    expect((await store.get('a'))?.status).toBe('completed');
    expect(await next.client.result('a')).toEqual(['fast', 'slow']);
  });
});

test('an outcome that arrives during a decision is the outcome: the activity does not begin again', async () => {
  const both = workflow('both', async () => {
    const late = slow();
    await fast();
    const result = await late;
    await sleep(1_000); // Time for a second outcome, if there is one.
    return result;
  });
  for (let depth = 0; depth <= 80; depth += 1) {
    const { client, work, settle, reports } = lab();
    let begun = 0;
    const late = async (): Promise<string> => {
      begun += 1;
      for (let n = 0; n < depth; n += 1) await Promise.resolve();
      return 'slow';
    };
    work([both], { fast: () => 'fast', slow: late });
    await client.start(both, { id: 'a' });
    await settle(60_000);
    const completed = (await client.history('a')).filter(({ type }) => type === 'activity-completed');
    expect({ depth, begun, completed: completed.length, reports }).toEqual({
      depth,
      begun: 1,
      completed: 2,
      reports: [],
    });
    expect(await client.result('a')).toBe('slow');
  }
});

describe('stop() waits', () => {
  test('for an execution that is claimed while it is called', async () => {
    const flow = workflow('flow', () => 'done');
    const store = new MemoryStore();
    const { claim } = store;
    store.claim = async (request) => {
      await new Promise((resolve) => setImmediate(resolve));
      return claim.call(store, request);
    };
    const { client, work } = lab({ store });
    await client.start(flow, { id: 'a' });
    await work([flow]).stop();
    expect(await store.get('a')).toMatchObject({ status: 'completed', leaseOwner: null });
  });

  test('for an execution whose lease has run out meanwhile: the worker does not claim what it holds', async () => {
    const flow = workflow('flow', () => slow());
    const { client, clock, work, settle, reports } = lab();
    const ends: ((result: string) => void)[] = [];
    const worker = work([flow], { slow: () => new Promise((resolve) => ends.push(resolve)) }, { leaseMs: 10_000 });
    await client.start(flow, { id: 'a' });
    await settle(1_000);
    clock.time += DAY_MS;
    worker.wake();
    await settle(20_000);
    expect(reports).toEqual([]);
    expect(ends).toHaveLength(1);
    let isStopped = false;
    const stopped = worker.stop().then(() => {
      isStopped = true;
    });
    await settle(1_000);
    expect(isStopped).toBe(false);
    ends[0]!('slow');
    await settle(1_000);
    await stopped;
    expect(await client.result('a')).toBe('slow');
  });
});
