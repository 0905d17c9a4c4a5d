import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { activities, activityInfo, MemoryStore, SqliteStore, Worker, workflow } from 'crashwise/engine';
import type { Clock, CrashwiseError, Store } from 'crashwise/engine';
import { afterEach, describe, expect, test } from 'vitest';
import { lab, type Lab } from './lab.js';

// Goal: a worker that stands still until its lease has run out can do no harm to the history. Its effect lands late and
// once more, with the same idempotency key; what it writes is refused, reported, and nowhere to be seen. Method: worker
// A is paused in the middle of an activity, as SIGSTOP or a moved virtual machine does it: nothing of it runs, and on
// waking it goes on where it was, with all its timers due at once. Worker B takes over meanwhile. Time is virtual.

const LEASE_MS = 9_000;
const CHARGE_MS = 5_000;
const SHIP_MS = 10_000;

/** A clock whose callbacks wait while its process stands still. */
class PausableClock implements Clock {
  #paused = false;
  #due: (() => void)[] = [];
  readonly #clock: Clock;

  constructor(clock: Clock) {
    this.#clock = clock;
  }

  now(): number {
    return this.#clock.now();
  }

  at(timeMs: number, callback: () => void): () => void {
    let cancelled = false;
    const run = (): void => {
      if (this.#paused) this.#due.push(run);
      else if (!cancelled) callback();
    };
    const cancel = this.#clock.at(timeMs, run);
    return () => {
      cancelled = true;
      cancel();
    };
  }

  pause(): void {
    this.#paused = true;
  }

  /** Everything that came due runs, in its order, each to its end. */
  async wake(): Promise<void> {
    this.#paused = false;
    for (const callback of this.#due.splice(0)) {
      callback();
      for (let turn = 0; turn < 5; turn += 1) await new Promise((resolve) => setImmediate(resolve));
    }
  }
}

/** The service that takes the money, and its ledger: each request, and what was booked. */
class Cards {
  readonly requests: { readonly by: string; readonly key: string }[] = [];
  readonly #honoursKeys: boolean;

  constructor(honoursKeys: boolean) {
    this.#honoursKeys = honoursKeys;
  }

  get booked(): number {
    return this.#honoursKeys ? new Set(this.requests.map(({ key }) => key)).size : this.requests.length;
  }

  charge(by: string): string {
    this.requests.push({ by, key: activityInfo().idempotencyKey });
    return `charged by ${by}`;
  }
}

const { charge, ship } = activities<{ charge: () => string; ship: () => void }>();
const order = workflow('order', async () => {
  const receipt = await charge();
  await ship();
  return receipt;
});

const stores: Record<string, (file: string) => Promise<readonly [Store, Store]>> = {
  memory: async () => {
    const store = new MemoryStore();
    return [store, store];
  },
  SQLite: async (file) => [await SqliteStore.open(file), await SqliteStore.open(file)],
};

interface Scene extends Lab {
  readonly cards: Cards;
  readonly clockOfA: PausableClock;
  /** Every write of A, with what came of it. */
  readonly writes: string[];
  readonly reportsOfA: CrashwiseError[];
  /** From now on A's commits get no further than this, until the returned function is called. */
  holdCommit(): () => void;
  /** Starts worker B, which is never paused. */
  workAsB(): void;
}

let close: () => Promise<void>;
afterEach(() => close());

/** An execution that A has begun `ms` ago: it is charging. */
async function scene(storeName: string, ms: number, { honoursKeys = true, fails = false } = {}): Promise<Scene> {
  const directory = mkdtempSync(join(tmpdir(), 'crashwise-zombie-'));
  const [storeOfA, store] = await stores[storeName]!(join(directory, 'engine.db'));
  close = async () => {
    await storeOfA.close();
    await store.close();
    rmSync(directory, { recursive: true });
  };
  const base = lab({ store });
  const cards = new Cards(honoursKeys);
  const clockOfA = new PausableClock(base.clock);
  const writes: string[] = [];
  const reportsOfA: CrashwiseError[] = [];
  const doing = (by: string, clock: Clock, failing: boolean) => {
    const pause = (forMs: number): Promise<void> => new Promise((resolve) => clock.at(clock.now() + forMs, resolve));
    return {
      charge: async () => {
        await pause(CHARGE_MS);
        if (failing) throw new Error(`${cards.charge(by)}, but the answer was lost`);
        return cards.charge(by);
      },
      ship: () => pause(SHIP_MS),
    };
  };
  await base.client.start(order, { id: 'a' });
  const options = { workflows: [order], leaseMs: LEASE_MS, pollMs: Infinity, id: 'A', clock: clockOfA };
  const report = (error: CrashwiseError): void => void reportsOfA.push(error);
  let gate = Promise.resolve();
  const holdCommit = (): (() => void) => {
    let open = (): void => {};
    gate = new Promise((resolve) => {
      open = resolve;
    });
    return open;
  };
  const noted = noting(storeOfA, writes, () => gate);
  const a = { ...options, store: noted, activities: doing('A', clockOfA, fails), report };
  void new Worker(a).run();
  await base.settle(ms);
  const workAsB = (): void => void base.work([order], doing('B', base.clock, false), { leaseMs: LEASE_MS });
  return { ...base, cards, clockOfA, writes, reportsOfA, holdCommit, workAsB };
}

function noting(store: Store, writes: string[], gate: () => Promise<void>): Store {
  const note = async <T>(name: string, done: Promise<T>): Promise<T> => {
    await done.then(
      () => writes.push(`${name} ok`),
      (error: CrashwiseError) => writes.push(`${name} ${error.code}`),
    );
    return done;
  };
  const noted: Partial<Store> = {
    commit: async (...args) => {
      await gate();
      return note('commit', store.commit(...args));
    },
    renew: (...args) => note('renew', store.renew(...args)),
  };
  const get = (target: Store, name: keyof Store): unknown => noted[name] ?? target[name].bind(target);
  return new Proxy(store, { get: (target, name) => get(target, name as keyof Store) });
}

describe.each(Object.keys(stores))('%s', (storeName) => {
  // Paused before its first heartbeat or after it: when A wakes, one is due, and A learns of its loss from it, or
  // from a look at the execution, before it commits anything.
  const pauses = [
    { pausedAt: 1_000, leaseEnds: 9_000 },
    { pausedAt: 4_000, leaseEnds: 12_000 },
  ];
  const wakings = [
    { when: 'before B has charged', afterMs: 2_000, order: 'A B' },
    { when: 'after B has charged, while it ships', afterMs: CHARGE_MS + 3_000, order: 'B A' },
    { when: 'after B has ended the execution', afterMs: CHARGE_MS + SHIP_MS + 3_000, order: 'B A' },
  ];
  const services = [
    { service: 'a service that honours keys', honoursKeys: true, booked: 1 },
    { service: 'a service that does not', honoursKeys: false, booked: 2 },
  ];
  const cases = pauses.flatMap((pause) =>
    wakings.flatMap((waking) => services.map((service) => Object.assign({}, pause, waking, service))),
  );

  test.each(cases)('A, paused at $pausedAt ms, wakes $when, $service books $booked', async (given) => {
    const { client, settle, cards, clockOfA, writes, reportsOfA, reports, workAsB } = await scene(
      storeName,
      given.pausedAt,
      given,
    );
    clockOfA.pause();
    workAsB();
    await settle(given.leaseEnds - given.pausedAt + given.afterMs);
    const [before, written] = [await client.history('a'), writes.length];
    await clockOfA.wake();

    expect(await client.history('a'), 'A has written nothing').toEqual(before);
    expect([[], ['renew lease-lost']]).toContainEqual(writes.slice(written));
    expect(reportsOfA.map(({ code }) => code)).toEqual(['lease-lost']);
    expect(reportsOfA[0]!.next).toContain('writes nothing');
    expect(reportsOfA[0]!.hint).toContain('leaseMs');

    await settle();
    expect(cards.requests.map(({ by }) => by).join(' ')).toBe(given.order);
    expect(cards.requests.map(({ key }) => key)).toEqual(['a/1', 'a/1']);
    expect(cards.booked).toBe(given.booked);
    const history = await client.history('a');
    const results = history.flatMap((event) => (event.type === 'activity-completed' ? [event] : []));
    expect(results.map(({ seq, result }) => [seq, result])).toEqual([
      [1, 'charged by B'],
      [2, undefined],
    ]);
    expect(await client.result('a')).toBe('charged by B');
    expect(reports).toEqual([]);
  });

  test('A is paused in the very moment of its commit: it is refused, though A had looked at its lease', async () => {
    const { client, settle, writes, reportsOfA, workAsB, holdCommit } = await scene(storeName, 4_000);
    const letGo = holdCommit();
    await settle(2_000);
    workAsB();
    await settle(20_000);
    const [before, written] = [await client.history('a'), writes.length];
    letGo();
    await settle(0);
    expect(await client.history('a'), 'A has written nothing').toEqual(before);
    expect(writes.slice(written)).toEqual(['commit lease-lost']);
    expect(reportsOfA.map(({ code }) => code)).toEqual(['lease-lost']);
    await settle();
    expect(await client.result('a')).toBe('charged by B');
  });

  test('A wakes with a failed attempt of what B has recorded as done: that is a lost lease too', async () => {
    const { client, settle, clockOfA, reportsOfA, workAsB } = await scene(storeName, 4_000, { fails: true });
    clockOfA.pause();
    workAsB();
    await settle(8_000 + CHARGE_MS + 3_000);
    await clockOfA.wake();
    await settle();
    expect(reportsOfA.map(({ code }) => code)).toEqual(['lease-lost']);
    expect((await client.history('a')).filter(({ type }) => type === 'attempt-failed')).toEqual([]);
    expect(await client.result('a')).toBe('charged by B');
  });

  test.each(pauses)('paused at $pausedAt ms, nobody claimed: A goes on though its lease ran out', async (given) => {
    const { client, settle, cards, clockOfA, writes, reportsOfA, workAsB } = await scene(storeName, given.pausedAt);
    clockOfA.pause();
    await settle(60_000);
    expect((await client.list())[0]).toMatchObject({ leaseOwner: 'A', claims: 0 });
    await clockOfA.wake();
    workAsB();
    await settle();
    expect(writes.filter((write) => !write.endsWith(' ok'))).toEqual([]);
    expect(cards.requests).toEqual([{ by: 'A', key: 'a/1' }]);
    expect(await client.result('a')).toBe('charged by A');
    expect(reportsOfA).toEqual([]);
  });
});
