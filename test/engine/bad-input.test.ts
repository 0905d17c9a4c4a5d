import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { activities, Client, condition, createRuntime, defineQuery, defineSignal } from 'crashwise/engine';
import { MAX_PAYLOAD_BYTES, MemoryStore, setHandler, sleep, SqliteStore, Worker, workflow } from 'crashwise/engine';
import type { ActivityOptions, WorkerOptions } from 'crashwise/engine';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { lab, type Lab } from './lab.js';
import { expectAdvice, recorded, refusal } from './refusal.js';

// Goal: whatever a caller or a workflow hands over, it is taken as it is or refused with a code, what happens now and a
// hint, and nothing that was recorded is lost. Method: an execution waits in the store, in memory and in SQLite; then
// each bad value goes through every call that takes one, and the whole store is compared with what it was.

const go = defineSignal<[unknown: string]>('go');
const seen = defineQuery<number>('seen');
const broken = defineQuery<number>('broken');
const waits = workflow('waits', async () => {
  const texts: string[] = [];
  setHandler(go, (text) => {
    texts.push(text);
  });
  setHandler(seen, () => texts.length);
  setHandler(broken, () => {
    throw new Error('no answer');
  });
  await condition(() => texts.length > 0);
  return texts;
});

const cycle: Record<string, unknown> = {};
cycle['self'] = cycle;
const tooLarge = 'x'.repeat(MAX_PAYLOAD_BYTES);

describe.each(['memory', 'SQLite'])('%s', (storeName) => {
  let directory: string;
  let here: Lab;
  // As from JavaScript, where no compiler objects.
  let client: { [K in keyof Client]: (...args: unknown[]) => Promise<unknown> };

  beforeEach(async () => {
    directory = mkdtempSync(join(tmpdir(), 'crashwise-bad-'));
    const store = storeName === 'memory' ? new MemoryStore() : await SqliteStore.open(join(directory, 'engine.db'));
    here = lab({ store, workflows: [waits] });
    client = here.client as unknown as typeof client;
    await here.client.start(waits, { id: 'there' });
  });

  afterEach(async () => {
    await here.store.close();
    rmSync(directory, { recursive: true });
  });

  /** The code that the body is refused with; the store must be as it was. */
  async function codeOf(body: () => unknown): Promise<string> {
    const before = await recorded(here.store);
    const { code } = await refusal(body);
    expect(await recorded(here.store)).toEqual(before);
    return code;
  }

  const names: [string, unknown][] = [
    ['undefined', undefined],
    ['null', null],
    ['a number', 5],
    ['a BigInt', 5n],
    ['an object', {}],
    ['a cycle', cycle],
    ['an array', []],
    ['a symbol', Symbol('there')],
    ['a function', () => 'there'],
    ['an empty text', ''],
    ['a text of 1,001 characters', 'x'.repeat(1_001)],
  ];

  test.each(names)('%s is no id and no name', async (_, name) => {
    for (const call of [
      () => client.start(waits),
      () => client.start(waits, { id: name }),
      () => client.start({ name }, { id: 'new' }),
      () => client.start(name, { id: 'new' }),
      () => client.signal(name, go, 'x'),
      () => client.signal('there', { kind: 'signal', name }, 'x'),
      () => client.signal('there', name, 'x'),
      () => client.query(name, seen),
      () => client.query('there', name),
      () => client.result(name),
      () => client.history(name),
    ]) {
      expect(await codeOf(call), String(call)).toBe('invalid-argument');
    }
  });

  test.each(['a\0b', 'a\ud800'])('%j is no id: databases would take it for another', async (id) => {
    expect(await codeOf(() => client.start(waits, { id }))).toBe('invalid-argument');
  });

  test.each([
    ['a function', () => 1],
    ['a BigInt', 1n],
    ['a class instance', new URL('https://example.com')],
    ['a Date', new Date(0)],
    ['a cycle', cycle],
    ['NaN', Number.NaN],
    ['a symbol', Symbol('x')],
    ['undefined in an array', [undefined]],
  ])('%s is no input and no argument of a signal', async (_, value) => {
    expect(await codeOf(() => client.start(waits, { id: 'new', input: { deep: value } }))).toBe('not-serializable');
    expect(await codeOf(() => client.signal('there', go, { deep: value }))).toBe('not-serializable');
  });

  test('an input or a signal of more than 2 MiB', async () => {
    expect(await codeOf(() => client.start(waits, { id: 'new', input: tooLarge }))).toBe('payload-too-large');
    expect(await codeOf(() => client.signal('there', go, tooLarge))).toBe('payload-too-large');
  });

  test('an execution that is there, is not there, or has ended', async () => {
    const useExisting = { id: 'there', onConflict: 'use-existing' } as const;
    expect(await codeOf(() => client.start(waits, { id: 'there' }))).toBe('execution-exists');
    expect(await codeOf(() => client.start(waits, { ...useExisting, input: 1 }))).toBe('execution-exists');
    expect(await codeOf(() => client.start('other', useExisting))).toBe('execution-exists');
    for (const call of [
      () => client.signal('gone', go, 'x'),
      () => client.query('gone', seen),
      () => client.history('gone'),
      () => client.result('gone'),
    ]) {
      expect(await codeOf(call)).toBe('execution-not-found');
    }
    here.work([waits]);
    await client.signal('there', go, 'x');
    await here.settle();
    expect(await codeOf(() => client.signal('there', go, 'late'))).toBe('execution-closed');
    expect(await client.result('there')).toEqual(['x']);
  });

  test('a workflow that nobody here knows waits for a worker that does', async () => {
    await client.start('nope', { id: 'new' });
    here.work([waits]);
    await here.settle();
    expect(await here.store.get('new')).toMatchObject({ status: 'running', length: 1, leaseToken: 0 });
    expect(await codeOf(() => client.query('new', seen))).toBe('unknown-workflow');
    const history = await here.client.history('new');
    expect(await codeOf(() => createRuntime([waits]).decide(history))).toBe('unknown-workflow');
    here.work([workflow('nope', () => 'known at last')]);
    await here.settle();
    expect(await client.result('new')).toBe('known at last');
  });

  test('a query without a handler, or with one that throws', async () => {
    expect(await codeOf(() => client.query('there', 'nope'))).toBe('unknown-query');
    expect(await codeOf(() => client.query('there', broken))).toBe('query-failed');
    expect(await client.query('there', seen)).toBe(0);
  });

  test('an activity that the worker does not have', async () => {
    const { charge } = activities<{ charge: () => string }>();
    const order = workflow('order', () => charge());
    await client.start(order, { id: 'new' });
    here.work([order]);
    await here.settle();
    expect(here.reports.map(({ code }) => code)).toEqual(['activity-not-registered']);
    here.reports.forEach(expectAdvice);
    expect(await here.store.get('new')).toMatchObject({
      status: 'blocked',
      problem: { code: 'activity-not-registered' },
    });
    here.work([order], { charge: () => 'charged' });
    await here.settle();
    expect(await client.result('new')).toBe('charged');
  });
});

describe('what a workflow hands over', () => {
  test.each([Number.NaN, -1, Infinity, '5'])('sleep(%j): the workflow fails with it, and may catch it', async (ms) => {
    const sleeps = workflow('sleeps', async () => sleep(ms as number));
    const catches = workflow('catches', async () => {
      const error = await refusal(() => sleep(ms as number));
      return error.code;
    });
    const { client, work, settle } = lab();
    work([sleeps, catches]);
    await client.start(sleeps, { id: 'a' });
    await client.start(catches, { id: 'b' });
    await settle();
    await expect(client.result('a')).rejects.toMatchObject({ failure: { code: 'invalid-argument' } });
    expect(await client.result('b')).toBe('invalid-argument');
  });

  test('an activity result of more than 2 MiB: the activity fails at once, and that is recorded', async () => {
    const { fetch } = activities<{ fetch: () => string }>();
    const reads = workflow('reads', () => fetch().catch(() => 'too much'));
    const { client, work, settle } = lab();
    let calls = 0;
    const large = (): string => {
      calls += 1;
      return tooLarge;
    };
    work([reads], { fetch: large });
    await client.start(reads, { id: 'a' });
    await settle();
    expect(await client.result('a')).toBe('too much');
    const failed = (await client.history('a')).find(({ type }) => type === 'activity-failed');
    expect(failed).toMatchObject({ seq: 1, attempt: 1, failure: { code: 'payload-too-large' } });
    expect(calls).toBe(1);
  });

  test.each(['as its result', 'as an argument'])(
    'more than 2 MiB %s: blocked, until its code is mended',
    async (how) => {
      const { store } = activities<{ store: (text: string) => number }>();
      const flow = (text: string) => workflow('flow', async () => (how === 'as its result' ? text : store(text)));
      const { client, work, settle, reports, ...here } = lab();
      work([flow(tooLarge)], { store: (text: string) => text.length });
      await client.start(flow(''), { id: 'a' });
      await settle();
      expect(reports.map(({ code }) => code)).toEqual(['payload-too-large']);
      reports.forEach(expectAdvice);
      expect(await here.store.get('a')).toMatchObject({ status: 'blocked', problem: { code: 'payload-too-large' } });
      expect(await client.history('a')).toHaveLength(1);
      work([flow('short')], { store: (text: string) => text.length });
      await settle();
      expect(await client.result('a')).toBe(how === 'as its result' ? 'short' : 5);
    },
  );
});

test.each([Number.NaN, -1, Infinity, '5', null])(
  '%j in the options of activities: refused where they are written',
  async (bad) => {
    const value = bad as number;
    const all: ActivityOptions[] = [
      { startToCloseTimeoutMs: value },
      ...(['initialIntervalMs', 'backoffCoefficient', 'maximumIntervalMs', 'maximumAttempts'] as const).map((name) => {
        return { retry: { [name]: value } };
      }),
    ];
    for (const options of all) expect((await refusal(() => activities(options))).code).toBe('invalid-argument');
  },
);

test.each([Number.NaN, -1, 0, '5', null])('%j in the options of a worker', async (bad) => {
  const value = bad as number;
  const options: WorkerOptions = { store: new MemoryStore(), workflows: [], activities: {} };
  for (const more of [{ leaseMs: value }, { pollMs: value }, { concurrency: value }]) {
    expect((await refusal(() => new Worker({ ...options, ...more }))).code).toBe('invalid-argument');
  }
});
