import assert from 'node:assert/strict';
import { MAX_HISTORY_EVENTS } from '../../history.js';
import type { StoreCase } from './support.js';
import { claimOne, dump, fired, place, rejects, signaled, started, storeCase } from './support.js';

const problem = { code: 'non-determinism', message: 'It took another path.' };

export const signalCases: readonly StoreCase[] = [
  storeCase('signal: is appended without a lease and makes the execution due at once', async (store) => {
    await place(store, 'a', { wakeAt: 99_000 });
    await store.signal('a', signaled('approve', 2_000, 'ann', { level: 2 }));
    assert.deepEqual(await store.history('a'), [started('a'), signaled('approve', 2_000, 'ann', { level: 2 })]);
    const execution = await store.get('a');
    assert.deepEqual([execution?.length, execution?.wakeAt, execution?.status], [2, 0, 'running']);
    await claimOne(store, 'a');
  }),

  storeCase('signal: wakes an execution that waited for nothing else', async (store) => {
    await place(store, 'a', { wakeAt: null });
    await store.signal('a', signaled('approve'));
    assert.equal((await store.get('a'))?.wakeAt, 0);
    assert.equal(await store.nextDue(['flow']), 0);
  }),

  storeCase('signal: leaves the lease and the number of claims as they are', async (store) => {
    await store.create(started('a'));
    const lease = await claimOne(store, 'a');
    const before = await store.get('a');
    await store.signal('a', signaled('approve'));
    assert.deepEqual(await store.get('a'), { ...before, length: 2, wakeAt: 0 });
    await store.renew(lease, 20_000);
  }),

  storeCase('signal: signals keep their order, also those of several handles', async (store, { second }) => {
    const other = (await second?.()) ?? store;
    await store.create(started('a'));
    for (let n = 0; n < 6; n += 1) await (n % 2 === 0 ? store : other).signal('a', signaled(`s${n}`, 2_000 + n));
    const names = (await store.history('a')).slice(1).map((event) => event.type === 'signaled' && event.name);
    assert.deepEqual(names, ['s0', 's1', 's2', 's3', 's4', 's5']);
  }),

  storeCase('signal: its time is raised to that of the last event', async (store) => {
    await place(store, 'a', { events: [fired(1, 7_000)] });
    await store.signal('a', signaled('early', 3_000));
    await store.signal('a', signaled('later', 8_000));
    await store.signal('a', signaled('early again', 7_999));
    assert.deepEqual(
      (await store.history('a')).map(({ at }) => at),
      [1_000, 7_000, 7_000, 8_000, 8_000],
    );
  }),

  storeCase('signal: a blocked execution takes it and stays blocked', async (store) => {
    await place(store, 'a', { status: 'blocked', problem });
    await store.signal('a', signaled('approve'));
    const execution = await store.get('a');
    assert.deepEqual([execution?.status, execution?.problem, execution?.length], ['blocked', problem, 2]);
  }),

  storeCase('signal: an unknown or ended execution takes none', async (store) => {
    await place(store, 'done', { status: 'completed' });
    await place(store, 'lost', { status: 'failed' });
    const before = await dump(store);
    await rejects('execution-not-found', store.signal('nobody', signaled('approve')));
    await rejects('execution-closed', store.signal('done', signaled('approve')));
    await rejects('execution-closed', store.signal('lost', signaled('approve')));
    assert.deepEqual(await dump(store), before);
  }),

  storeCase('signal: a full history takes none', async (store) => {
    const events = Array.from({ length: MAX_HISTORY_EVENTS - 2 }, (_, index) => fired(index + 1));
    await place(store, 'a', { events });
    await store.signal('a', signaled('the last that fits'));
    await rejects('history-limit', store.signal('a', signaled('one too many')));
    assert.equal((await store.get('a'))?.length, MAX_HISTORY_EVENTS);
    assert.equal((await store.history('a')).length, MAX_HISTORY_EVENTS);
  }),
];
