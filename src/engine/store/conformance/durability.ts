import assert from 'node:assert/strict';
import type { StoreCase } from './support.js';
import { change, claimOne, dump, fired, place, rejects, request, signaled, started, storeCase } from './support.js';

const problem = { code: 'non-determinism', message: 'It took another path.', details: [1, 2] };

export const durabilityCases: readonly StoreCase[] = [
  storeCase('durability: all is there for the next process, the leases too', async (store, { reopen }) => {
    await place(store, 'done', { events: [fired(1), fired(2)], status: 'completed' });
    await place(store, 'stuck', { status: 'blocked', problem, wakeAt: 5 });
    await place(store, 'asleep', { events: [fired(1)], wakeAt: 99_000 });
    await store.signal('stuck', signaled('approve', 3_000, { by: 'ann' }));
    await store.create(started('held'));
    const stuck = { id: 'stuck', token: 1 };
    const [lease] = await store.claim(request({ skipBlocked: ['stuck'], leaseMs: 50_000 }));
    const before = await dump(store);
    const reopened = (await reopen?.()) ?? store;
    assert.deepEqual(await dump(reopened), before);
    await rejects('lease-lost', reopened.commit(stuck, change(2)));
    assert.deepEqual(await reopened.claim(request({ skipBlocked: ['stuck'] })), []);
    assert.equal(await reopened.commit(lease!, change(1, { events: [fired(1)] })), true);
    assert.equal((await reopened.create(started('done'))).created, false);
  }),

  storeCase('durability: each write is there at once for another handle', async (store, { second }) => {
    const other = (await second?.()) ?? store;
    const same = async (): Promise<void> => assert.deepEqual(await dump(other), await dump(store));
    await store.create(started('a'));
    await same();
    const lease = await claimOne(other, 'a');
    await same();
    await store.signal('a', signaled('approve'));
    await same();
    await other.renew(lease, 70_000);
    await same();
    assert.equal(await store.commit(lease, change(2, { events: [fired(1)], release: true })), true);
    await same();
  }),

  storeCase('durability: tokens go on growing after a restart', async (store, { reopen }) => {
    await store.create(started('a'));
    const stale = await claimOne(store, 'a', { leaseMs: 10 });
    const reopened = (await reopen?.()) ?? store;
    const lease = await claimOne(reopened, 'a', { now: 20_000 });
    assert.equal(lease.token, stale.token + 1);
    await rejects('lease-lost', reopened.commit(stale, change(1, { events: [fired(1)] })));
    assert.equal((await reopened.get('a'))?.claims, 2);
  }),

  storeCase('close: a second call does nothing', async (store) => {
    await store.create(started('a'));
    await store.close();
    await store.close();
  }),
];
