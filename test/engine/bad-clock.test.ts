import { activities, Client, now, sleep, Worker, workflow } from 'crashwise/engine';
import type { Clock, CrashwiseError, Workflow } from 'crashwise/engine';
import { describe, expect, test } from 'vitest';
import { lab } from './lab.js';
import { expectAdvice } from './refusal.js';

// Goal: a clock that is set back or forward loses nothing. Recorded times never run backwards, the worker says that the
// clock went back, leases that ran out in a jump are taken over once, and the execution completes. Method: the
// clock of two workers is set while one of them is in the middle of a step.

const HOUR_MS = 3_600_000;
const LEASE_MS = 30_000;
const { step } = activities<{ step: (n: number) => number }>();
const flow = workflow('flow', async () => {
  const times = [now()];
  for (let n = 0; n < 3; n += 1) {
    await step(n);
    times.push(now());
  }
  await sleep(1_000);
  return [...times, now()];
});

/** A clock that somebody sets. As on a real machine, what was to happen in 5 s happens in 5 s all the same. */
class SetClock implements Clock {
  offset = 1_000 * HOUR_MS;
  readonly #clock: Clock;

  constructor(clock: Clock) {
    this.#clock = clock;
  }

  now(): number {
    return this.#clock.now() + this.offset;
  }

  at(timeMs: number, callback: () => void): () => void {
    return this.#clock.at(timeMs - this.offset, callback);
  }
}

interface Scene {
  readonly client: Client;
  readonly clock: SetClock;
  readonly reports: CrashwiseError[];
  settle(ms: number): Promise<void>;
  work(definition: Workflow, activities?: object, clock?: Clock): void;
}

function scene(): Scene {
  const { store, clock: inner, settle } = lab();
  const clock = new SetClock(inner);
  const reports: CrashwiseError[] = [];
  const report = (error: CrashwiseError): void => void reports.push(error);
  const work: Scene['work'] = (definition, doing = {}, own = clock) => {
    const options = { store, workflows: [definition], activities: doing, clock: own, report };
    void new Worker({ ...options, leaseMs: LEASE_MS, pollMs: 300_000 }).run();
  };
  return { client: new Client({ store, clock }), clock, reports, settle, work };
}

/** The times of the history, which must be in order, as must be those that the workflow saw. */
async function timesOf(client: Client): Promise<readonly number[]> {
  const history = await client.history('a');
  const times = history.map(({ at }) => at);
  expect(times).toEqual(times.toSorted((a, b) => a - b));
  const seen = await client.result<number[]>('a');
  expect(seen).toEqual(seen.toSorted((a, b) => a - b));
  const completed = history.flatMap((event) => (event.type === 'activity-completed' ? [event.seq] : []));
  expect(completed).toEqual([1, 2, 3]);
  return times;
}

/** The second of three steps takes 10 s, and after 5 of them the clock is set by `byMs`; two workers see it. */
async function jump(byMs: number): Promise<Scene & { begun: () => number; start: number }> {
  const here = scene();
  const start = here.clock.now();
  let begun = 0;
  const doing = {
    step: async (n: number): Promise<number> => {
      begun += 1;
      if (n === 1) await new Promise<void>((resolve) => here.clock.at(here.clock.now() + 10_000, resolve));
      return n;
    },
  };
  await here.client.start(flow, { id: 'a' });
  here.work(flow, doing);
  await here.settle(5_000);
  here.clock.offset += byMs;
  here.work(flow, doing);
  return { ...here, begun: () => begun, start };
}

describe('a clock that is set', () => {
  test('back by an hour: the times stand still until it has caught up', async () => {
    const { client, begun, start, settle, reports } = await jump(-HOUR_MS);
    await settle(6_000);
    const times = (await client.history('a')).map(({ at }) => at);
    expect(times.length).toBeGreaterThan(5);
    expect(new Set(times), 'two more steps in the hour before').toEqual(new Set([start]));
    await settle(2 * HOUR_MS);
    expect((await timesOf(client)).at(-1)).toBeGreaterThanOrEqual(start + 1_000);
    expect(begun()).toBe(3);
    expect(reports.map(({ code }) => code)).toEqual(['clock-went-back']);
    reports.forEach(expectAdvice);
    expect(reports[0]!.message).toMatch(/ms behind the history of a/);
  });

  test('back by an hour, and the worker dies: what it held waits for the clock, and is not lost', async () => {
    const { client, clock, work, settle } = scene();
    await client.start(flow, { id: 'a' });
    const dead: Clock = { now: () => clock.now(), at: () => () => {} };
    work(flow, { step: () => new Promise(() => {}) }, dead);
    await settle(1);
    clock.offset -= HOUR_MS;
    work(flow, { step: (n: number) => n });
    await settle(HOUR_MS / 2);
    expect((await client.list())[0]).toMatchObject({ status: 'running', leaseToken: 1 });
    await settle(HOUR_MS);
    await timesOf(client);
  });

  test('back by less than a second: nobody is told', async () => {
    const { client, settle, reports } = await jump(-900);
    await settle(60_000);
    await timesOf(client);
    expect(reports).toEqual([]);
  });

  test('back: a signal is not recorded before what it came after', async () => {
    const { client, start, settle } = await jump(-HOUR_MS);
    await client.signal('a', 'hello');
    const signal = (await client.history('a')).find(({ type }) => type === 'signaled');
    expect(signal?.at).toBe(start);
    await settle(2 * HOUR_MS);
    await timesOf(client);
  });

  test('forward past the lease: another worker takes over, and each result is there once', async () => {
    const { client, begun, settle, reports } = await jump(HOUR_MS);
    await settle(60_000);
    await timesOf(client);
    expect(begun()).toBe(4);
    expect(reports.map(({ code }) => code)).toEqual(['lease-lost']);
    reports.forEach(expectAdvice);
  });

  test('forward to after a timer: it fires when a worker looks next', async () => {
    const month = workflow('month', async () => {
      await sleep(30 * 24 * HOUR_MS);
      return now();
    });
    const { client, clock, work, settle } = scene();
    const start = clock.now();
    await client.start(month, { id: 'a' });
    work(month);
    await settle(1_000);
    clock.offset += 31 * 24 * HOUR_MS;
    await settle(600_000);
    expect(await client.result('a')).toBeGreaterThanOrEqual(start + 31 * 24 * HOUR_MS);
  });
});
