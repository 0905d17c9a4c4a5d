import {
  activities,
  activityInfo,
  condition,
  CrashwiseError,
  createRuntime,
  defineQuery,
  defineSignal,
  MemoryStore,
  patched,
  setHandler,
  sleep,
  systemClock,
  Worker,
  workflow,
  type Command,
  type HistoryEvent,
  type Store,
} from 'crashwise/engine';
import { describe, expect, test, vi } from 'vitest';
import { lab } from './lab.js';

// Goal: what a careful reader of the engine asks "and what if" about. Each case was wrong once, or nearly.

const started = (name: string): HistoryEvent => ({ type: 'started', at: 1_000, id: 'a', workflow: name, seed: 's' });
const { step, other } = activities<{ step: (n?: number) => unknown; other: () => unknown }>();
const go = defineSignal<[number]>('go');

/** The store with one method replaced. */
function withMethod<K extends keyof Store>(store: Store, name: K, method: (call: Store[K]) => Store[K]): Store {
  const replaced = method((store[name] as (...args: unknown[]) => unknown).bind(store) as Store[K]);
  return new Proxy(store, {
    get: (target, key) =>
      key === name ? replaced : (Reflect.get(target, key) as (...args: unknown[]) => unknown).bind(target),
  });
}

describe('signals', () => {
  test('that waited go, one after the other, to the handler that is set by then', async () => {
    const log: string[] = [];
    const relay = workflow('relay', async () => {
      await sleep(1);
      setHandler(go, (n) => {
        log.push(`first ${n}`);
        setHandler(go, (m) => void log.push(`then ${m}`));
      });
      setHandler(defineSignal<[number]>('stop'), (n) => void log.push(`stop ${n}`));
    });
    const signaled = (name: string, n: number): HistoryEvent => ({ type: 'signaled', at: 1_001, name, args: [n] });
    const waited = [signaled('go', 1), signaled('go', 2), signaled('stop', 9)];
    const commands = [{ kind: 'timer' as const, seq: 1, durationMs: 1 }];
    const { done } = await createRuntime([relay]).decide([
      started('relay'),
      { type: 'decided', at: 1_000, commands },
      ...waited,
      { type: 'timer-fired', at: 1_001, seq: 1 },
    ]);
    expect({ done, log }).toEqual({ done: true, log: ['first 1', 'then 2', 'stop 9'] });
  });

  test.each(['get', 'commit'] as const)('one that comes within a %s of the session is seen at once', async (method) => {
    const store = new MemoryStore();
    let within: (() => Promise<void>) | undefined;
    const watched = withMethod(store, method, (call) => async (...args: never[]) => {
      const answer = await (call as (...given: never[]) => Promise<never>)(...args);
      const hook = within;
      within = undefined;
      await hook?.();
      return answer;
    });
    const waiting = workflow('waiting', async () => {
      let got = 0;
      setHandler(go, (n) => void (got = n));
      void step();
      await condition(() => got > 0);
      return got;
    });
    const { client, work, clock } = lab({ store: watched });
    const worker = work([waiting], { step: () => new Promise(() => {}) });
    const send = async (): Promise<void> => {
      await client.signal('a', go, 7);
      worker.wake();
    };
    if (method === 'commit') within = send;
    await client.start(waiting, { id: 'a' });
    worker.wake();
    await turns();
    if (method === 'get') {
      within = send;
      worker.wake();
    }
    await turns();
    expect(await store.get('a')).toMatchObject({ status: 'completed' });
    expect(clock.time, 'no time has passed').toBe(1_000_000);
  });
});

/** Lets everything happen that needs no time. */
async function turns(): Promise<void> {
  for (let turn = 0; turn < 200; turn += 1) await new Promise((resolve) => setImmediate(resolve));
}

describe('a store that fails for a moment', () => {
  test.each(['commit', 'renew', 'get', 'history'] as const)('in %s: the session keeps what it has', async (method) => {
    let failures = 0;
    const shaky = withMethod(new MemoryStore(), method, (call) => (...args: never[]) => {
      failures += 1;
      if (failures % 2 === 1) return Promise.reject(new Error('the network is down')) as never;
      return (call as (...given: never[]) => never)(...args);
    });
    const { client, clock, work, settle, reports } = lab({ store: shaky });
    let runs = 0;
    const slow = async (): Promise<string> => {
      runs += 1;
      await new Promise<void>((resolve) => void clock.at(clock.now() + 20_000, resolve));
      return 'done';
    };
    const flow = workflow('flow', () => step());
    work([flow], { step: slow }, { leaseMs: 9_000 });
    await lab({ store: shaky }).client.start(flow, { id: 'a' });
    await settle(100_000);
    expect(failures).toBeGreaterThan(1);
    expect(new Set(reports.map(({ code }) => code))).toEqual(new Set(['life-error']));
    expect(runs).toBe(1);
    expect(await (await shaky.get('a').catch(() => shaky.get('a')))?.status).toBe('completed');
    void client;
  });
});

test.each([
  ['store-unusable', 1],
  ['store-damaged', 2],
] as const)('a commit that fails once with %s: the activity runs %d times', async (code, times) => {
  let failures = 0;
  const advice = { next: 'Nothing.', hint: 'Nothing.' };
  const shaky = withMethod(new MemoryStore(), 'commit', (call) => (lease, commit) => {
    const isResult = commit.events.some(({ type }) => type === 'activity-completed');
    if (isResult && (failures += 1) === 1) return Promise.reject(new CrashwiseError(code, 'disk I/O error', advice));
    return call(lease, commit);
  });
  const { client, work, settle, reports } = lab({ store: shaky });
  let runs = 0;
  const flow = workflow('flow', () => step());
  work([flow], { step: () => (runs += 1) });
  await client.start(flow, { id: 'a' });
  await settle(100_000);
  expect({ runs, codes: reports.map((error) => error.code) }).toEqual({ runs: times, codes: [code] });
  expect((await shaky.get('a'))?.status).toBe('completed');
});

describe('a blocked execution that a worker has taken up again', () => {
  test('is running, and says so, while its activity is under way', async () => {
    const store = new MemoryStore();
    const flow = workflow('flow', () => step());
    const first = lab({ store });
    first.work([flow], {});
    await first.client.start(flow, { id: 'a' });
    await first.settle(1_000);
    expect(await store.get('a')).toMatchObject({ status: 'blocked', problem: { code: 'activity-not-registered' } });
    const second = lab({ store });
    second.work([flow], { step: () => new Promise(() => {}) });
    await second.settle(1_000);
    expect(await store.get('a')).toMatchObject({ status: 'running', problem: null, leaseOwner: expect.any(String) });
  });
});

describe('limits', () => {
  test('1,000 timers may be open, and one more blocks', async () => {
    const wide = workflow('wide', async (count: number) => {
      for (let n = 1; n <= count; n += 1) void sleep(n);
      await sleep(1_000_000);
    });
    const { decide } = createRuntime([wide]);
    expect((await decide([{ ...started('wide'), input: 999 } as HistoryEvent])).blocked).toBeUndefined();
    const { blocked } = await decide([{ ...started('wide'), input: 1_000 } as HistoryEvent]);
    expect(blocked).toMatchObject({ code: 'activity-limit' });
  });

  test('an activity whose result would not fit into the history does not begin', async () => {
    const flow = workflow('flow', () => Promise.all([step(), step(), step()]));
    const empty = new MemoryStore();
    const { execution } = await empty.create(started('flow') as Extract<HistoryEvent, { type: 'started' }>);
    const signal: HistoryEvent = { type: 'signaled', at: 1_000, name: 'x', args: [] };
    const history = [started('flow'), ...Array.from({ length: 49_993 }, () => signal)];
    const store = new MemoryStore({ executions: { a: { execution: { ...execution, length: 49_994 }, history } } });
    const { settle, work } = lab({ store });
    let runs = 0;
    work([flow], { step: () => (runs += 1) });
    await settle(1_000);
    expect(await store.get('a')).toMatchObject({ status: 'blocked', problem: { code: 'history-limit' } });
    expect(runs).toBe(0);
  });

  test.each([Number.MAX_SAFE_INTEGER, 1e13 + 1])('no timer is longer than a clock can show: %d', async (durationMs) => {
    const flow = workflow('flow', () => sleep(durationMs));
    const { commands } = await createRuntime([flow]).decide([started('flow')]);
    expect(commands).toMatchObject([{ kind: 'fail', failure: { code: 'invalid-argument' } }]);
    const options = { store: new MemoryStore(), workflows: [], activities: {}, leaseMs: durationMs };
    expect(() => new Worker(options)).toThrow(expect.objectContaining({ code: 'invalid-argument' }));
  });

  test('a worker holds no more executions than its concurrency', async () => {
    const flow = workflow('flow', () => step());
    const store = new MemoryStore();
    const { client, settle, clock } = lab({ store });
    let most = 0;
    let now = 0;
    const busy = async (): Promise<void> => {
      most = Math.max(most, (now += 1));
      await new Promise<void>((resolve) => void clock.at(clock.now() + 1_000, resolve));
      now -= 1;
    };
    for (const id of ['a', 'b', 'c', 'd', 'e']) await client.start(flow, { id });
    const worker = new Worker({ store, clock, workflows: [flow], activities: { step: busy }, concurrency: 2 });
    const running = worker.run();
    await settle(60_000);
    expect({ most, completed: (await client.list({ status: 'completed' })).length }).toEqual({ most: 2, completed: 5 });
    await worker.stop();
    await running;
  });

  test('a time farther off than the timers of Node reach is waited for', () => {
    vi.useFakeTimers({ toFake: ['setTimeout', 'clearTimeout', 'Date'] });
    try {
      let fired = 0;
      systemClock.at(Date.now() + 30 * 86_400_000, () => (fired += 1));
      vi.advanceTimersByTime(29 * 86_400_000);
      expect(fired).toBe(0);
      vi.advanceTimersByTime(86_400_000);
      expect(fired).toBe(1);
      const cancel = systemClock.at(Date.now() + 30 * 86_400_000, () => (fired += 1));
      vi.advanceTimersByTime(26 * 86_400_000);
      cancel();
      vi.advanceTimersByTime(26 * 86_400_000);
      expect(fired).toBe(1);
    } finally {
      vi.useRealTimers();
    }
  });
});

describe('workflow code', () => {
  test('that changes the failure it has caught changes nothing recorded', async () => {
    const seen: string[] = [];
    const flow = workflow('flow', async () => {
      await step().catch((error: { failure: { message: string } }) => {
        seen.push(error.failure.message);
        error.failure.message = 'changed';
      });
    });
    const failure = { name: 'Error', message: 'as it was' };
    const commands = [{ kind: 'activity' as const, seq: 1, name: 'step', args: [], options: {} }];
    const history: HistoryEvent[] = [
      started('flow'),
      { type: 'decided', at: 1_000, commands },
      { type: 'activity-failed', at: 1_000, seq: 1, attempt: 1, failure },
    ];
    const { decide } = createRuntime([flow]);
    await decide(history);
    await decide(history);
    expect({ seen, failure: failure.message }).toEqual({ seen: ['as it was', 'as it was'], failure: 'as it was' });
  });

  test('is no concern of the logger that is told of it', async () => {
    let told = '';
    const report = (): void => void (told = `${process.cwd()} ${new Date(0).getFullYear()}`);
    const flow = workflow('flow', () => {
      void Promise.reject(new Error('dropped'));
      return sleep(1_000);
    });
    await createRuntime([flow], { report }).decide([started('flow')]);
    await turns();
    expect(told).toContain(process.cwd());
  });

  test('that goes on after an await of its own is told that it is ignored, even if it only returns', async () => {
    let letGo = (): void => {};
    const foreign = new Promise<void>((resolve) => (letGo = resolve));
    const flow = workflow('flow', async () => {
      void sleep(1_000_000);
      await foreign;
      return 'never recorded';
    });
    const { client, work, settle, reports } = lab();
    work([flow]);
    await client.start(flow, { id: 'a' });
    await settle(1_000);
    letGo();
    await settle(1_000);
    expect(reports).toMatchObject([{ code: 'foreign-await', next: expect.stringContaining('is ignored') }]);
    expect((await client.list())[0]!.status).toBe('running');
  });

  test('may sleep for -0 ms, which is 0', async () => {
    const flow = workflow('flow', () => sleep(-0), { strict: true });
    const { client, work, settle, reports } = lab();
    work([flow]);
    await client.start(flow, { id: 'a' });
    await settle();
    expect(reports).toEqual([]);
    expect((await client.list())[0]!.status).toBe('completed');
  });

  test('that ends with calls nobody waits for has ended: they are recorded, and do not begin', async () => {
    const flow = workflow('flow', () => {
      void step();
      return 'done';
    });
    const { client, work, settle, reports } = lab();
    let runs = 0;
    work([flow], { other: () => (runs += 1) });
    await client.start(flow, { id: 'a' });
    await settle(1_000);
    expect({ result: await client.result('a'), runs, reports }).toEqual({ result: 'done', runs: 0, reports: [] });
  });

  test('may catch what a predicate throws, now or later', async () => {
    const flow = workflow('flow', async () => {
      let n = 0;
      setHandler(go, (value) => void (n = value));
      const strict = (): boolean => {
        if (n > 0) throw new RangeError(`${n} is too much`);
        return false;
      };
      await condition(strict, 60_000).catch((error: Error) => error.message);
      return condition(strict).catch((error: Error) => error.message);
    });
    const { client, work, settle } = lab();
    work([flow]);
    await client.start(flow, { id: 'a' });
    await client.signal('a', go, 3);
    await settle();
    expect(await client.result('a')).toBe('3 is too much');
    const commands = (await client.history('a')).flatMap((one) => (one.type === 'decided' ? one.commands : []));
    expect(commands.map(({ kind }) => kind)).toEqual(['timer', 'cancel-timer', 'complete']);
  });

  test('may ask for patches in another order than their markers were recorded in', async () => {
    const flow = workflow('flow', () => [patched('c'), patched('b'), patched('a')]);
    const marker = (id: string): Command => ({ kind: 'patch', id, deprecated: true });
    const commands: Command[] = [marker('a'), marker('b'), { kind: 'complete', result: [false, true, true] }];
    const { blocked, done } = await createRuntime([flow]).decide([
      started('flow'),
      { type: 'decided', at: 1_000, commands },
    ]);
    expect({ blocked, done }).toEqual({ blocked: undefined, done: true });
  });

  test('may not ask for anything within a query', async () => {
    const nosy = defineQuery('nosy');
    const flow = workflow('flow', async () => {
      setHandler(nosy, () => void sleep(1));
      await sleep(1_000);
    });
    const { client, work, settle } = lab({ workflows: [flow] });
    work([flow]);
    await client.start(flow, { id: 'a' });
    await settle(500);
    await expect(client.query('a', nosy)).rejects.toMatchObject({
      code: 'query-failed',
      message: expect.stringContaining('asks for this: timer'),
    });
  });

  test('that has ended still knows its patches when it is queried', async () => {
    const which = defineQuery<string>('which');
    const flow = workflow('flow', () => {
      patched('p');
      setHandler(which, () => (patched('p') ? 'new' : 'old'));
    });
    const { client, work, settle } = lab({ workflows: [flow] });
    work([flow]);
    await client.start(flow, { id: 'a' });
    await settle();
    expect(await client.query('a', which)).toBe('new');
  });

  test('of one name is refused the second time', () => {
    const one = workflow('flow', () => 1);
    expect(() => createRuntime([one, workflow('flow', () => 2)])).toThrow(
      expect.objectContaining({ code: 'invalid-argument', message: expect.stringContaining('flow, flow') }),
    );
  });

  test.each([
    null,
    { nonRetryableErrors: new Set(['FatalError']) },
    { nonRetryableErrors: 'FatalError' },
    { nonRetryableErrors: [1] },
    { maximumAttempts: Infinity },
  ])('with a retry policy of %j is refused', (retry) => {
    expect(() => activities({ retry: retry as never })).toThrow(expect.objectContaining({ code: 'invalid-argument' }));
  });
});

describe('a worker', () => {
  test('calls activities as methods of what it was given, and takes none from Object', async () => {
    class Shop {
      readonly stock = 5;
      step(): number {
        return this.stock;
      }
    }
    const { hasOwnProperty } = activities<{ hasOwnProperty: () => boolean }>();
    const good = workflow('good', () => step());
    const bad = workflow('bad', () => hasOwnProperty());
    const { client, work, settle, reports } = lab();
    work([good, bad], new Shop());
    await client.start(good, { id: 'a' });
    await client.start(bad, { id: 'b' });
    await settle(1_000);
    expect(await client.result('a')).toBe(5);
    expect(reports.map(({ code }) => code)).toEqual(['activity-not-registered']);
  });

  test('that stops begins nothing more, and gives back what is left to do', async () => {
    const begun: number[] = [];
    const flow = workflow('flow', async () => {
      await step(1);
      await step(2);
    });
    const { client, clock, store, settle, work } = lab();
    const slow = async (n: number): Promise<void> => {
      begun.push(n);
      await new Promise<void>((resolve) => void clock.at(clock.now() + 1_000, resolve));
    };
    const worker = work([flow], { step: slow });
    await client.start(flow, { id: 'a' });
    await settle(500);
    const stopped = worker.stop();
    await settle(5_000);
    await stopped;
    expect(begun).toEqual([1]);
    expect(await store.get('a')).toMatchObject({ status: 'running', leaseOwner: null, length: 4 });
  });

  test('aborts what is under way when the execution is blocked beside it', async () => {
    const { fine, slow } = activities<{ fine: () => void; slow: () => void }>();
    const flow = workflow('flow', async () => {
      void slow();
      await fine();
      process.cwd();
    });
    const { client, work, settle } = lab();
    let signal: AbortSignal | undefined;
    const waiting = (): Promise<void> => {
      ({ signal } = activityInfo());
      return new Promise(() => {});
    };
    work([flow], { fine: () => {}, slow: waiting });
    await client.start(flow, { id: 'a' });
    await settle(1_000);
    expect((await client.list())[0]!.status).toBe('blocked');
    expect(signal?.aborted).toBe(true);
  });

  test('goes on when its report throws, and the process is warned', async () => {
    const warn = vi.spyOn(process, 'emitWarning').mockImplementation(() => {});
    const store = new MemoryStore();
    const { client, clock, settle } = lab({ store });
    const needy = workflow('needy', () => other());
    const worker = new Worker({
      store,
      clock,
      workflows: [needy],
      activities: {},
      pollMs: Infinity,
      report() {
        throw new Error('the logger is gone');
      },
    });
    const running = worker.run();
    await client.start(needy, { id: 'a' });
    worker.wake();
    await settle(1_000);
    expect(warn).toHaveBeenCalledWith(expect.objectContaining({ message: 'the logger is gone' }));
    expect((await store.get('a'))?.status).toBe('blocked');
    await worker.stop();
    await running;
    warn.mockRestore();
  });
});
