import { execFileSync } from 'node:child_process';
import { chmodSync, chownSync, mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { activities, Client, MAX_HISTORY_EVENTS, MemoryStore, sleep, SqliteStore, workflow } from 'crashwise/engine';
import type { HistoryEvent, Store } from 'crashwise/engine';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { lab, type Lab } from './lab.js';
import { expectAdvice, refusal } from './refusal.js';

// Goal: a file that cannot be used, a full disk, a full history and a store that fails in its own way end in an error
// with a code, what happens now and a hint; nothing recorded is lost, and the work goes on once the cause is gone.
// Method: a finished execution lies in a file, the file is spoilt, and opening it must leave every byte as it is; a
// worker runs while its store fails, and goes on after it. (`sqlite.test.ts` knows more ways to spoil a file.)

const { step } = activities<{ step: (n: number) => number }>();
const flow = workflow('flow', async () => {
  for (let n = 0; n < 5; n += 1) await step(n);
  return 'done';
});
const steps = { step: (n: number): number => n };

let directory: string;
let file: string;
beforeEach(() => {
  directory = mkdtempSync(join(tmpdir(), 'crashwise-store-'));
  file = join(directory, 'engine.db');
});
afterEach(() => rmSync(directory, { recursive: true }));

async function withStore<T>(body: (store: SqliteStore, here: Lab) => Promise<T>): Promise<T> {
  const store = await SqliteStore.open(file);
  try {
    return await body(store, lab({ store }));
  } finally {
    await store.close();
  }
}

/** Runs one execution to its end in the file. */
const finish = (id: string): Promise<unknown> =>
  withStore(async (_, { client, work, settle }) => {
    await client.start(flow, { id });
    work([flow], steps);
    await settle();
    return client.result(id);
  });

describe('a file that cannot be used is refused, and left as it is', () => {
  test.each<[string, string, (bytes: Buffer) => Buffer]>([
    ['a text', 'store-foreign', () => Buffer.from('Dear diary,\n'.repeat(500))],
    ['the database of another application', 'store-foreign', (bytes) => Buffer.concat([bytes.fill('Mine', 68, 72)])],
    ['a file of a newer crashwise', 'store-newer', (bytes) => bytes.fill(9, 63, 64)],
    ['a damaged file', 'store-damaged', (bytes) => bytes.fill(0xa5, 5_000, 9_000)],
    ['a file cut in half', 'store-damaged', (bytes) => bytes.subarray(0, bytes.length / 2)],
  ])('%s: %s', async (_, code, spoil) => {
    expect(await finish('a')).toBe('done');
    const whole = readFileSync(file);
    const spoilt = spoil(Buffer.from(whole));
    writeFileSync(file, spoilt);
    expect(await refusal(() => SqliteStore.open(file))).toMatchObject({ code });
    expect(readFileSync(file).equals(spoilt)).toBe(true);
    writeFileSync(file, whole);
    await withStore(async (_store, { client }) => expect(await client.result('a')).toBe('done'));
  });

  test('a missing directory, a directory, and what this user may not read', async () => {
    expect(await refusal(() => SqliteStore.open(join(directory, 'gone', 'engine.db')))).toMatchObject({
      code: 'store-unusable',
    });
    expect(await refusal(() => SqliteStore.open(directory))).toMatchObject({ code: 'store-unusable' });
    await finish('a');
    const closed = join(directory, 'closed');
    mkdirSync(closed);
    chmodSync(closed, 0o000);
    chmodSync(file, 0o000);
    await asNobody(async () => {
      expect(await refusal(() => SqliteStore.open(file))).toMatchObject({ code: 'store-unusable' });
      expect(await refusal(() => SqliteStore.open(join(closed, 'engine.db')))).toMatchObject({
        code: 'store-unusable',
      });
    });
    chmodSync(file, 0o644);
    await withStore(async (_store, { client }) => expect(await client.result('a')).toBe('done'));
  });
});

// Permissions do not keep root out: as root, the test goes on as a user that owns nothing else.
async function asNobody(body: () => Promise<void>): Promise<void> {
  if (process.getuid?.() !== 0) return body();
  chownSync(directory, 65_534, 65_534);
  process.seteuid!(65_534);
  try {
    return await body();
  } finally {
    process.seteuid!(0);
  }
}

describe('a full disk', () => {
  test('the worker reports store-full, keeps what is recorded, and goes on once there is room', async () => {
    await withStore(async (store, { client, work, settle, reports }) => {
      const { grow } = activities<{ grow: (n: number) => string }>();
      const grows = workflow('grows', async () => {
        for (let n = 0; n < 8; n += 1) await grow(n);
        return 'done';
      });
      await client.start(grows, { id: 'a' });
      const { page_count: pages } = store['db'].prepare('PRAGMA page_count').get() as { page_count: number };
      store['db'].exec(`PRAGMA max_page_count = ${pages + 12}`);
      work([grows], { grow: (n: number) => String(n).repeat(10_000) }, { leaseMs: 10_000 });
      await settle(60_000);
      expect(new Set(reports.map(({ code }) => code))).toEqual(new Set(['store-full']));
      reports.forEach(expectAdvice);
      const before = await client.history('a');
      const done = before.filter(({ type }) => type === 'activity-completed').length;
      expect(done).toBeGreaterThan(0);
      expect(done).toBeLessThan(8);
      expect((await refusal(() => client.start(grows, { id: 'b', input: '-'.repeat(100_000) }))).code).toBe(
        'store-full',
      );
      store['db'].exec('PRAGMA max_page_count = 1000000');
      await settle(60_000);
      expect(await client.result('a')).toBe('done');
      expect((await client.history('a')).slice(0, before.length)).toEqual(before);
      expect((await client.list()).map(({ id }) => id)).toEqual(['a']);
    });
  });

  test.skipIf(process.platform === 'win32')('a worker process over its file size limit: the same', async () => {
    await finish('before');
    await withStore(async (_, { client }) => client.start('grows', { id: 'a' }));
    // ulimit counts in blocks of 512 or 1,024 bytes; the shell ignores the signal on behalf of its children.
    const limited = ['-c', 'trap "" XFSZ; ulimit -f 512; exec "$0" "$@"', process.execPath];
    const child = [new URL('bad-store-child.mjs', import.meta.url).pathname, file];
    const first = execFileSync('/bin/sh', [...limited, ...child], { encoding: 'utf8' })
      .trim()
      .split('\n');
    expect(first.at(-1)).toBe('store-full');
    const before = await withStore(async (_, { client }) => client.history('a'));
    expect(before.filter(({ type }) => type === 'activity-completed').length).toBeGreaterThan(0);
    expect(execFileSync(process.execPath, child, { encoding: 'utf8' }).trim()).toBe('completed');
    await withStore(async (_, { client }) => {
      expect((await client.history('a')).slice(0, before.length)).toEqual(before);
      expect(await client.result('before')).toBe('done');
    });
  });
});

test('a full history: the execution is blocked with history-limit, stays readable and takes no signal', async () => {
  const long = workflow('long', async () => {
    await sleep(1);
    await sleep(1);
  });
  const { client, work, settle, reports, store } = lab();
  await client.start(long, { id: 'a' });
  const [lease] = await store.claim({
    worker: 'filler',
    now: 1_000_000,
    leaseMs: 1,
    limit: 1,
    workflows: ['long'],
    skipBlocked: [],
  });
  const signal: HistoryEvent = { type: 'signaled', at: 1_000_000, name: 'more', args: [] };
  const events = Array.from({ length: MAX_HISTORY_EVENTS - 2 }, () => signal);
  const rest = { status: 'running', problem: null, wakeAt: 0, release: true } as const;
  await store.commit(lease!, { expectedLength: 1, events, ...rest });
  work([long]);
  await settle();
  expect(reports.map(({ code }) => code)).toEqual(['history-limit']);
  reports.forEach(expectAdvice);
  expect(await store.get('a')).toMatchObject({ status: 'blocked', problem: { code: 'history-limit' }, length: 50_000 });
  const history = await client.history('a');
  expect(history).toHaveLength(MAX_HISTORY_EVENTS);
  expect(history.at(-1)).toMatchObject({ type: 'decided', commands: [{ kind: 'timer', seq: 1 }] });
  expect((await refusal(() => client.signal('a', 'more'))).code).toBe('history-limit');
  expect((await client.list({ status: 'blocked' })).map(({ id }) => id)).toEqual(['a']);
});

test.each(['claim', 'nextDue', 'history', 'commit', 'get', 'renew'] as const)(
  'a store whose %s throws what it likes: life-error, and the worker goes on',
  async (method) => {
    const inner = new MemoryStore();
    let failures = 0;
    const get = (target: Store, name: keyof Store): unknown => {
      if (name !== method || failures >= 3) return (target[name] as () => unknown).bind(target);
      failures += 1;
      return () => Promise.reject(new TypeError('the driver has a bug'));
    };
    const store = new Proxy<Store>(inner, { get: (target, name) => get(target, name as keyof Store) });
    const { clock, work, settle, reports } = lab({ store });
    const good = new Client({ store: inner, clock });
    await good.start(flow, { id: 'a' });
    const slowly = (n: number) => new Promise((resolve) => clock.at(clock.now() + 8_000, () => resolve(n)));
    work([flow], { step: slowly }, { leaseMs: 10_000 });
    await settle(200_000);
    expect(failures).toBe(3);
    expect(reports.map(({ code }) => code)).toEqual(['life-error', 'life-error', 'life-error']);
    for (const error of reports) {
      expectAdvice(error);
      expect(error.message).toContain('the driver has a bug');
      expect(error.cause).toBeInstanceOf(TypeError);
    }
    expect(await good.result('a')).toBe('done');
  },
);
