import {
  activities,
  ActivityFailure,
  activityInfo,
  condition,
  defineQuery,
  defineSignal,
  ExecutionFailure,
  now,
  random,
  setHandler,
  sleep,
  uuid,
  workflow,
} from 'crashwise/engine';
import { describe, expect, test } from 'vitest';
import { codeOf, lab } from './lab.js';

// What workflow code can do, seen from outside: a client starts it, a worker runs it, the clock jumps.

const DAY_MS = 86_400_000;

describe('activities', () => {
  test('run in order and hand back what was recorded', async () => {
    const { double } = activities<{ double: (n: number) => number }>();
    const sum = workflow('sum', async (n: number) => (await double(n)) + (await double(n + 1)));
    const { client, work, settle } = lab();
    work([sum], { double: (n: number) => n * 2 });
    await client.start(sum, { id: 'a', input: 3 });
    await settle();
    expect(await client.result('a')).toBe(14);
  });

  test('one commit a step: the result of the last and the commands of the next', async () => {
    const { step } = activities<{ step: (n: number) => number }>();
    const three = workflow('three', async () => [await step(1), await step(2), await step(3)]);
    const { client, store, work, settle } = lab();
    let commits = 0;
    const commit = store.commit.bind(store);
    store.commit = (...args) => {
      commits += 1;
      return commit(...args);
    };
    work([three], { step: (n: number) => n });
    await client.start(three, { id: 'a' });
    await settle();
    expect(await client.result('a')).toEqual([1, 2, 3]);
    expect(commits).toBe(4); // The first decision, then one for each step; the last gives the lease back too.
  });

  test('are retried as the policy says, with one key for all attempts', async () => {
    const { flaky } = activities<{ flaky: () => string }>({
      retry: { initialIntervalMs: 100, backoffCoefficient: 3, maximumIntervalMs: 500, maximumAttempts: 5 },
    });
    const retried = workflow('retried', () => flaky());
    const { client, clock, work, settle } = lab();
    const seen: { attempt: number; key: string; at: number }[] = [];
    work([retried], {
      flaky() {
        const { attempt, idempotencyKey: key } = activityInfo();
        seen.push({ attempt, key, at: clock.time - 1_000_000 });
        if (attempt < 5) throw new Error('not yet');
        return 'done';
      },
    });
    await client.start(retried, { id: 'a' });
    await settle();
    expect(await client.result('a')).toBe('done');
    expect(seen.map(({ at }) => at)).toEqual([0, 100, 400, 900, 1_400]);
    expect(seen.map(({ attempt }) => attempt)).toEqual([1, 2, 3, 4, 5]);
    expect(new Set(seen.map(({ key }) => key))).toEqual(new Set(['a/1']));
  });

  test('fail for good after the last attempt, or at once with an error that is not retried', async () => {
    const { fail } = activities<{ fail: (name: string) => void }>({
      retry: { initialIntervalMs: 10, maximumAttempts: 3, nonRetryableErrors: ['CardDeclined'] },
    });
    const failing = workflow('failing', async (name: string) => {
      try {
        await fail(name);
        return 'no failure';
      } catch (error) {
        return error instanceof ActivityFailure ? `${error.activity}: ${error.failure.name}` : 'another error';
      }
    });
    const { client, work, settle } = lab();
    const calls: string[] = [];
    work([failing], {
      fail(name: string) {
        calls.push(name);
        throw Object.assign(new Error('no'), { name });
      },
    });
    await client.start(failing, { id: 'a', input: 'Timeout' });
    await client.start(failing, { id: 'b', input: 'CardDeclined' });
    await settle();
    expect(await client.result('a')).toBe('fail: Timeout');
    expect(await client.result('b')).toBe('fail: CardDeclined');
    expect(calls.sort()).toEqual(['CardDeclined', 'Timeout', 'Timeout', 'Timeout']);
  });

  test('time out after startToCloseTimeoutMs, which counts as a failed attempt and aborts the signal', async () => {
    const { hang } = activities<{ hang: () => string }>({
      startToCloseTimeoutMs: 5_000,
      retry: { initialIntervalMs: 10, maximumAttempts: 2 },
    });
    const hanging = workflow('hanging', () => hang());
    const { client, work, settle } = lab();
    const signals: AbortSignal[] = [];
    work([hanging], {
      hang() {
        signals.push(activityInfo().signal);
        return new Promise(() => {});
      },
    });
    await client.start(hanging, { id: 'a' });
    await settle();
    await expect(client.result('a')).rejects.toThrow(/longer than its startToCloseTimeoutMs of 5000 ms/);
    expect(signals.map(({ aborted }) => aborted)).toEqual([true, true]);
  });

  test('what a workflow throws fails the execution', async () => {
    const broken = workflow('broken', () => {
      throw new TypeError('no such plan');
    });
    const { client, work, settle } = lab();
    work([broken]);
    await client.start(broken, { id: 'a' });
    await settle();
    const error = await client.result('a').catch((thrown: unknown) => thrown);
    expect(error).toBeInstanceOf(ExecutionFailure);
    expect((error as ExecutionFailure).failure).toEqual({ name: 'TypeError', message: 'no such plan' });
  });
});

describe('time', () => {
  test('a sleep of thirty days holds no lease and no timer of the process, and wakes up when it is over', async () => {
    const patient = workflow('patient', async () => {
      const before = now();
      await sleep(30 * DAY_MS);
      return now() - before;
    });
    const { client, store, work, settle } = lab();
    work([patient]);
    await client.start(patient, { id: 'a' });
    await settle(DAY_MS / 2);
    expect(await store.get('a')).toMatchObject({ status: 'running', leaseOwner: null });
    await settle();
    expect(await client.result('a')).toBe(30 * DAY_MS);
  });

  test('timers fire in the order in which they are due', async () => {
    const order = workflow('order', async () => {
      const seen: string[] = [];
      const after = async (ms: number, name: string): Promise<void> => {
        await sleep(ms);
        seen.push(name);
      };
      await Promise.all([after(300, 'c'), after(100, 'a'), after(200, 'b')]);
      return seen;
    });
    const { client, work, settle } = lab();
    work([order]);
    await client.start(order, { id: 'a' });
    await settle();
    expect(await client.result('a')).toEqual(['a', 'b', 'c']);
  });

  test('recorded time, randomness and ids are the same on every replay, and differ between executions', async () => {
    const draw = workflow('draw', async () => {
      const first = [now(), random(), uuid()];
      await sleep(10);
      return [...first, Date.now(), Math.random(), crypto.randomUUID()];
    });
    const { client, work, settle } = lab();
    work([draw]);
    await client.start(draw, { id: 'a' });
    await client.start(draw, { id: 'b' });
    await settle();
    const [a, b] = [await client.result<unknown[]>('a'), await client.result<unknown[]>('b')];
    expect(a[3]).toBe((a[0] as number) + 10);
    expect(a[2]).toMatch(/^[0-9a-f]{8}-[0-9a-f]{4}-4[0-9a-f]{3}-[89ab][0-9a-f]{3}-[0-9a-f]{12}$/);
    expect(new Set([a[1], a[2], a[4], a[5], b[1], b[2], b[4], b[5]]).size).toBe(8);
  });
});

describe('signals, queries and conditions', () => {
  const approve = defineSignal<[string]>('approve');
  const approvers = defineQuery<string[]>('approvers');
  const approval = workflow('approval', async (needed: number) => {
    await sleep(1_000); // Signals that come before the handler is set are kept.
    const names: string[] = [];
    setHandler(approve, (name) => void names.push(name));
    setHandler(approvers, () => names);
    const enough = await condition(() => names.length >= needed, DAY_MS);
    return enough ? names : 'too late';
  });

  test('signals are buffered, delivered in order and never dropped', async () => {
    const { client, work, settle } = lab();
    await client.start(approval, { id: 'a', input: 3 });
    await client.signal('a', approve, 'ada');
    work([approval]);
    await settle(100);
    await client.signal('a', approve, 'bob');
    await settle(5_000);
    await client.signal('a', approve, 'eve');
    await settle();
    expect(await client.result('a')).toEqual(['ada', 'bob', 'eve']);
  });

  test('a condition that is not met in time is false', async () => {
    const { client, work, settle } = lab();
    work([approval]);
    await client.start(approval, { id: 'a', input: 1 });
    await settle();
    expect(await client.result('a')).toBe('too late');
  });

  test('a query sees the state, before and after the end, and leaves no trace', async () => {
    const { client, work, settle } = lab({ workflows: [approval] });
    work([approval]);
    await client.start(approval, { id: 'a', input: 2 });
    await client.signal('a', approve, 'ada');
    await settle(5_000);
    const before = await client.history('a');
    expect(await client.query('a', approvers)).toEqual(['ada']);
    expect(await client.history('a')).toEqual(before);
    expect(await codeOf(client.query('a', 'nothing'))).toBe('unknown-query');
    await client.signal('a', approve, 'bob');
    await settle();
    expect(await client.query('a', approvers)).toEqual(['ada', 'bob']);
    expect(await codeOf(client.signal('a', approve, 'late'))).toBe('execution-closed');
  });

  test('a query handler that decides something is refused', async () => {
    const ask = defineQuery<number>('ask');
    const sly = workflow('sly', async () => {
      setHandler(ask, () => {
        void sleep(1);
        return 1;
      });
      await condition(() => false);
    });
    const { client, work, settle } = lab({ workflows: [sly] });
    work([sly]);
    await client.start(sly, { id: 'a' });
    await settle(10);
    expect(await codeOf(client.query('a', ask))).toBe('query-failed');
  });
});

describe('side by side', () => {
  const { wait } = activities<{ wait: (name: string, ms: number) => string }>({ retry: { maximumAttempts: 1 } });

  const run = async (body: () => Promise<unknown>): Promise<unknown> => {
    const definition = workflow('side-by-side', body);
    const { client, clock, work, settle } = lab();
    work([definition], {
      wait: (name: string, ms: number) =>
        new Promise((resolve, reject) => {
          clock.at(clock.now() + ms, () => (name === 'bad' ? reject(new Error(name)) : resolve(name)));
        }),
    });
    await client.start(definition, { id: 'a' });
    await settle();
    return client.result('a');
  };

  test('Promise.all keeps the order of its members', async () => {
    expect(await run(() => Promise.all([wait('a', 300), wait('b', 100), wait('c', 200)]))).toEqual(['a', 'b', 'c']);
  });

  test('Promise.race takes whichever was recorded first, activity or timer', async () => {
    expect(await run(() => Promise.race([wait('a', 300), sleep(100).then(() => 'timer')]))).toBe('timer');
    expect(await run(() => Promise.race([wait('a', 50), sleep(100).then(() => 'timer')]))).toBe('a');
  });

  test('Promise.allSettled has failures as values, and a race outlives its failing loser', async () => {
    const settled = run(async () => {
      const outcomes = await Promise.allSettled([wait('a', 20), wait('bad', 10)]);
      return outcomes.map(({ status }) => status); // A reason is an Error, which no history can hold.
    });
    expect(await settled).toEqual(['fulfilled', 'rejected']);
    expect(await run(async () => [await Promise.race([wait('a', 10), wait('bad', 20)]), await wait('b', 100)])).toEqual(
      ['a', 'b'],
    );
  });
});
