import assert from 'node:assert/strict';
import type { HistoryEvent } from '../../history.js';
import type { StoreCase } from './support.js';
import { change, claimOne, dump, fired, rejects, request, signaled, started, storeCase } from './support.js';

const problem = { code: 'non-determinism', message: 'It took another path.', details: { at: [1, null, 'é'] } };

export const commitCases: readonly StoreCase[] = [
  storeCase('commit: appends the events in order and sets the row', async (store) => {
    await store.create(started('a'));
    const lease = await claimOne(store, 'a');
    const before = await store.get('a');
    const events = [fired(1), fired(2), fired(3)];
    assert.equal(await store.commit(lease, change(1, { events, status: 'blocked', problem, wakeAt: 77_000 })), true);
    const rest = { length: 4, status: 'blocked', problem, wakeAt: 77_000, claims: 0 };
    assert.deepEqual(await store.get('a'), { ...before, ...rest });
    assert.deepEqual(await store.history('a'), [started('a'), ...events]);
    assert.equal(await store.commit(lease, change(4, { events: [fired(4)], status: 'completed' })), true);
    const execution = await store.get('a');
    assert.deepEqual([execution?.status, execution?.problem, execution?.wakeAt], ['completed', null, null]);
    assert.deepEqual(await store.history('a'), [started('a'), ...events, fired(4)]);
  }),

  storeCase('commit: a signal that came in between makes it a conflict that changes nothing', async (store, under) => {
    const other = (await under.second?.()) ?? store;
    await store.create(started('a'));
    const lease = await claimOne(store, 'a');
    await other.signal('a', signaled('approve'));
    const before = await dump(store);
    const late = { events: [fired(1)], status: 'completed', wakeAt: 99_000, release: true } as const;
    assert.equal(await store.commit(lease, change(1, late)), false);
    assert.equal(await store.commit(lease, change(3, late)), false);
    assert.equal(await store.commit(lease, change(1, { release: true })), false);
    assert.deepEqual(await dump(store), before);
    assert.equal(await store.commit(lease, change(2, { events: [fired(1)] })), true);
    assert.deepEqual(await store.history('a'), [started('a'), signaled('approve'), fired(1)]);
  }),

  storeCase('commit: release gives the lease back, and only then', async (store) => {
    await store.create(started('a'));
    const lease = await claimOne(store, 'a');
    await store.commit(lease, change(1, { events: [fired(1)], wakeAt: 0 }));
    assert.deepEqual(await store.claim(request()), []);
    const before = await store.get('a');
    assert.equal(before?.leaseOwner, 'ann');
    await store.commit(lease, change(2, { wakeAt: 0, release: true }));
    assert.deepEqual(await store.get('a'), { ...before, leaseOwner: null, leaseUntil: null });
    assert.equal((await claimOne(store, 'a')).token, 2);
  }),

  storeCase('commit: of two with the same expected length one is a conflict', async (store) => {
    await store.create(started('a'));
    const lease = await claimOne(store, 'a');
    const [first, second] = await Promise.all([
      store.commit(lease, change(1, { events: [fired(1)] })),
      store.commit(lease, change(1, { events: [fired(2)] })),
    ]);
    assert.deepEqual([first, second].filter(Boolean).length, 1);
    assert.deepEqual(await store.history('a'), [started('a'), first ? fired(1) : fired(2)]);
  }),

  storeCase('commit: is all or nothing', async (store) => {
    await store.create(started('a'));
    const lease = await claimOne(store, 'a');
    const before = await dump(store);
    // No JSON: a store meets it after it has begun to write the events before it.
    const poisoned = { type: 'activity-completed', at: 2_000, seq: 2, result: 1n } as unknown as HistoryEvent;
    await assert.rejects(store.commit(lease, change(1, { events: [fired(1), poisoned, fired(3)], release: true })));
    assert.deepEqual(await dump(store), before);
    await rejects('lease-lost', store.commit({ ...lease, token: 9 }, change(1, { events: [fired(1)] })));
    assert.deepEqual(await dump(store), before);
    assert.equal(await store.commit(lease, change(1, { events: [fired(1)] })), true);
    assert.deepEqual(await store.history('a'), [started('a'), fired(1)]);
  }),

  storeCase('commit: leaves other executions alone', async (store) => {
    await store.create(started('a'));
    await store.create(started('b'));
    const leases = await store.claim(request());
    const before = await store.get('b');
    await store.commit(leases[0]!, change(1, { events: [fired(1)], status: 'completed', release: true }));
    assert.deepEqual(await store.get('b'), before);
    assert.deepEqual(await store.history('b'), [started('b')]);
  }),
];
