import assert from 'node:assert/strict';
import type { StoreCase } from './support.js';
import { change, claimOne, dump, fired, place, rejects, request, signaled, started, storeCase } from './support.js';

const problem = { code: 'non-determinism', message: 'It took another path.' };

export const claimCases: readonly StoreCase[] = [
  storeCase('claim: gives the next token, the lease and one more claim', async (store) => {
    await store.create(started('a'));
    const { execution } = await store.create(started('a'));
    const lease = await claimOne(store, 'a', { worker: 'bob', now: 10_000, leaseMs: 700 });
    assert.deepEqual(lease, { id: 'a', token: 1, status: 'running' });
    const leased = { leaseToken: 1, leaseOwner: 'bob', leaseUntil: 10_700, claims: 1 };
    assert.deepEqual(await store.get('a'), { ...execution, ...leased });
  }),

  storeCase('claim: an execution under a lease is nobody else’s until the lease ran out', async (store, { second }) => {
    const other = (await second?.()) ?? store;
    await store.create(started('a'));
    await claimOne(store, 'a', { now: 10_000, leaseMs: 500 });
    assert.deepEqual(await other.claim(request({ worker: 'bob', now: 10_499 })), []);
    assert.deepEqual(await store.claim(request({ worker: 'ann', now: 10_499 })), []);
    const lease = await claimOne(other, 'a', { worker: 'bob', now: 10_500 });
    assert.deepEqual(lease, { id: 'a', token: 2, status: 'running' });
    assert.equal((await store.get('a'))?.leaseOwner, 'bob');
  }),

  storeCase('claim: what the worker holds already is not claimed, not even when its lease ran out', async (store) => {
    await store.create(started('a'));
    await store.create(started('b'));
    await claimOne(store, 'a', { now: 10_000, leaseMs: 500, held: ['b'] });
    const leases = await store.claim(request({ now: 20_000, held: ['a'] }));
    assert.deepEqual(leases, [{ id: 'b', token: 1, status: 'running' }]);
    assert.equal((await store.get('a'))?.leaseToken, 1);
  }),

  storeCase('claim: two workers at once never get the same execution', async (store, { second }) => {
    const other = (await second?.()) ?? store;
    const ids = Array.from({ length: 9 }, (_, index) => `e${index}`);
    for (const id of ids) await store.create(started(id));
    const claims = [store, other, store, other, store].map((each) => each.claim(request({ limit: 2 })));
    const leases = (await Promise.all(claims)).flat();
    assert.deepEqual(leases.map(({ id }) => id).sort(), ids);
    assert.ok(leases.every(({ token }) => token === 1));
  }),

  storeCase('claim: finds what is due, not what sleeps, waits or has ended', async (store) => {
    await place(store, 'due', { wakeAt: 10_000 });
    await place(store, 'sleeping', { wakeAt: 10_001 });
    await place(store, 'waiting', { wakeAt: null });
    await place(store, 'completed', { status: 'completed', wakeAt: 0 });
    await place(store, 'failed', { status: 'failed', wakeAt: 0 });
    assert.deepEqual(await store.claim(request({ now: 9_999 })), []);
    await claimOne(store, 'due', { now: 10_000 });
    await claimOne(store, 'sleeping', { now: 10_001 });
  }),

  storeCase('claim: says whether it was running or blocked, and leaves it so', async (store) => {
    await place(store, 'a', { status: 'blocked', problem });
    await place(store, 'b', { wakeAt: 0 });
    const claims = await store.claim(request({ limit: 2 }));
    assert.deepEqual(claims.map(({ id, status }) => [id, status]).sort(), [
      ['a', 'blocked'],
      ['b', 'running'],
    ]);
    assert.equal((await store.get('a'))?.status, 'blocked');
  }),

  storeCase('claim: the longest due first, then by id, up to the limit', async (store) => {
    await place(store, 'c', { wakeAt: 3_000 });
    await place(store, 'b', { wakeAt: 4_000 });
    await place(store, 'a', { wakeAt: 4_000 });
    await place(store, 'd', { wakeAt: 0 });
    assert.deepEqual(await store.claim(request({ limit: 0 })), []);
    const ids = async (limit: number): Promise<string[]> => (await store.claim(request({ limit }))).map(({ id }) => id);
    assert.deepEqual(await ids(1), ['d']);
    assert.deepEqual(await ids(2), ['c', 'a']);
    assert.deepEqual(await ids(Infinity), ['b']);
  }),

  storeCase('claim: a lease that ran out counts as the time since when it is due', async (store) => {
    await place(store, 'deadly', { wakeAt: 0 });
    await claimOne(store, 'deadly', { now: 1_000, leaseMs: 4_000 });
    await place(store, 'patient', { wakeAt: 4_000 });
    const leases = await store.claim(request());
    assert.deepEqual(
      leases.map(({ id }) => id),
      ['patient', 'deadly'],
    );
  }),

  storeCase('claim: ids are ordered by code point', async (store) => {
    const ids = ['B', 'a', 'é', '\uFF21', '😀'];
    for (const id of [...ids].reverse()) await store.create(started(id));
    const leases = await store.claim(request());
    assert.deepEqual(
      leases.map(({ id }) => id),
      ids,
    );
  }),

  storeCase('claim: only executions of the given workflows', async (store) => {
    await store.create(started('a', { workflow: 'order' }));
    await store.create(started('b', { workflow: "o'rder" }));
    await store.create(started('c', { workflow: 'invoice' }));
    assert.deepEqual(await store.claim(request({ workflows: [] })), []);
    assert.deepEqual(await store.claim(request({ workflows: ['ord', 'ORDER'] })), []);
    const leases = await store.claim(request({ workflows: ['invoice', "o'rder"] }));
    assert.deepEqual(
      leases.map(({ id }) => id),
      ['b', 'c'],
    );
  }),

  storeCase('claim: blocked executions are tried whatever their wakeAt, except those to skip', async (store) => {
    await place(store, 'later', { status: 'blocked', problem, wakeAt: 99_000 });
    await place(store, 'never', { status: 'blocked', problem, wakeAt: null });
    await place(store, 'tried', { status: 'blocked', problem, wakeAt: 0 });
    const leases = await store.claim(request({ skipBlocked: ['tried', 'nobody'], leaseMs: 500 }));
    assert.deepEqual(
      leases.map(({ id }) => id),
      ['later', 'never'],
    );
    const claimed = await store.get('never');
    assert.deepEqual([claimed?.status, claimed?.problem, claimed?.claims], ['blocked', problem, 2]);
    assert.deepEqual(await store.claim(request({ skipBlocked: ['tried'] })), []);
    assert.equal((await store.claim(request({ now: 10_500, skipBlocked: ['tried'] }))).length, 2);
  }),

  storeCase('claim: skipBlocked does not keep a running execution back', async (store) => {
    await place(store, 'a', { wakeAt: 0 });
    await claimOne(store, 'a', { skipBlocked: ['a'] });
  }),

  storeCase('claims: grow with each claim, and a commit with events sets them to 0', async (store) => {
    await store.create(started('a'));
    const claims = async (): Promise<number | undefined> => (await store.get('a'))?.claims;
    await claimOne(store, 'a', { now: 10_000, leaseMs: 100 });
    await claimOne(store, 'a', { now: 20_000, leaseMs: 100 });
    const lease = await claimOne(store, 'a', { now: 30_000, leaseMs: 100 });
    assert.equal(await claims(), 3);
    await store.renew(lease, 40_000);
    await store.commit(lease, change(1));
    assert.equal(await claims(), 3);
    await store.signal('a', signaled('approve'));
    assert.equal(await claims(), 3);
    await store.commit(lease, change(2, { events: [fired(1)] }));
    assert.equal(await claims(), 0);
  }),

  storeCase('renew: sets the end of the lease and nothing else', async (store, { second }) => {
    const other = (await second?.()) ?? store;
    await store.create(started('a'));
    const lease = await claimOne(store, 'a', { now: 10_000, leaseMs: 500 });
    const before = await store.get('a');
    await store.renew(lease, 30_000);
    assert.deepEqual(await store.get('a'), { ...before, leaseUntil: 30_000 });
    assert.deepEqual(await other.claim(request({ worker: 'bob', now: 29_999 })), []);
    await claimOne(other, 'a', { worker: 'bob', now: 30_000 });
  }),

  storeCase(
    'fencing: a worker whose execution was claimed by another writes nothing more',
    async (store, { second }) => {
      const other = (await second?.()) ?? store;
      await store.create(started('a'));
      const stale = await claimOne(store, 'a', { leaseMs: 100 });
      const lease = await claimOne(other, 'a', { worker: 'bob', now: 20_000 });
      const before = await dump(store);
      await rejects('lease-lost', store.renew(stale, 90_000));
      await rejects('lease-lost', store.commit(stale, change(1, { events: [fired(1)] })));
      await rejects('lease-lost', store.commit(stale, change(7, { release: true })));
      assert.deepEqual(await dump(store), before);
      assert.equal(await other.commit(lease, change(1, { events: [fired(1)] })), true);
    },
  ),

  storeCase('fencing: the same worker claiming again makes its own older lease stale', async (store) => {
    await store.create(started('a'));
    const stale = await claimOne(store, 'a', { leaseMs: 100 });
    await claimOne(store, 'a', { now: 20_000 });
    await rejects('lease-lost', store.commit(stale, change(1, { events: [fired(1)] })));
  }),

  storeCase('fencing: a lease that was given back, a token to come or an unknown id is refused', async (store) => {
    await store.create(started('a'));
    const lease = await claimOne(store, 'a');
    const future = { id: 'a', token: lease.token + 1 };
    await rejects('lease-lost', store.commit(future, change(1, { events: [fired(1)] })));
    assert.equal(await store.commit(lease, change(1, { release: true })), true);
    const before = await dump(store);
    await rejects('lease-lost', store.renew(lease, 90_000));
    await rejects('lease-lost', store.commit(lease, change(1, { events: [fired(1)] })));
    await rejects('lease-lost', store.renew({ id: 'nobody', token: 0 }, 90_000));
    await rejects('lease-lost', store.commit({ id: 'nobody', token: 0 }, change(0)));
    assert.deepEqual(await dump(store), before);
  }),

  storeCase('fencing: a token is never given twice, whatever happened between', async (store) => {
    await store.create(started('a'));
    const tokens: number[] = [];
    for (let round = 0; round < 5; round += 1) {
      const lease = await claimOne(store, 'a', { now: 10_000 * (round + 1), leaseMs: 100 });
      tokens.push(lease.token);
      if (round % 2 === 0) await store.commit(lease, change(1, { wakeAt: 0, release: true }));
    }
    assert.deepEqual(tokens, [1, 2, 3, 4, 5]);
  }),

  storeCase('fencing: a lease that ran out but was not claimed by another still writes', async (store) => {
    await store.create(started('a'));
    const lease = await claimOne(store, 'a', { now: 10_000, leaseMs: 1 });
    assert.equal(await store.commit(lease, change(1, { events: [fired(1, 90_000)] })), true);
    await store.renew(lease, 99_000);
    assert.equal((await store.get('a'))?.leaseUntil, 99_000);
  }),
];
