import assert from 'node:assert/strict';
import type { Execution } from '../store.js';
import type { HistoryEvent, Json } from '../../history.js';
import type { StoreCase } from './support.js';
import { change, claimOne, dump, fired, place, rejects, request, started, storeCase } from './support.js';

const problem = { code: 'non-determinism', message: 'It took another path.', details: { expected: 'charge' } };

export const readingCases: readonly StoreCase[] = [
  storeCase('list: by creation time, then id, all or those of one status', async (store) => {
    const ids = async (filter?: { status?: Execution['status'] }): Promise<string[]> =>
      (await store.list(filter)).map(({ id }) => id);
    assert.deepEqual(await ids(), []);
    for (const [id, at] of Object.entries({ d: 3_000, c: 1_000, b: 2_000, a: 2_000 })) {
      await store.create(started(id, { at }));
    }
    assert.deepEqual(await ids(), ['c', 'a', 'b', 'd']);
    assert.deepEqual(await ids({}), ['c', 'a', 'b', 'd']);
    const leases = await store.claim(request());
    const lease = (id: string) => leases.find((each) => each.id === id)!;
    await store.commit(lease('a'), change(1, { status: 'completed' }));
    await store.commit(lease('c'), change(1, { status: 'failed' }));
    await store.commit(lease('d'), change(1, { status: 'blocked', problem }));
    assert.deepEqual(await ids({ status: 'running' }), ['b']);
    assert.deepEqual(await ids({ status: 'completed' }), ['a']);
    assert.deepEqual(await ids({ status: 'failed' }), ['c']);
    assert.deepEqual(await ids({ status: 'blocked' }), ['d']);
    for (const row of await store.list()) assert.deepEqual(row, await store.get(row.id));
  }),

  storeCase('get and history: an id that is not there', async (store) => {
    await store.create(started('a'));
    assert.equal(await store.get('b'), undefined);
    await rejects('execution-not-found', store.history('b'));
  }),

  storeCase('nextDue: the earliest wakeAt of a running execution of these workflows', async (store) => {
    assert.equal(await store.nextDue(['flow']), undefined);
    await place(store, 'waiting', { wakeAt: null });
    await place(store, 'ended', { status: 'completed', wakeAt: 1 });
    await place(store, 'stuck', { status: 'blocked', problem, wakeAt: 2 });
    assert.equal(await store.nextDue(['flow']), undefined);
    await place(store, 'late', { wakeAt: 60_000 });
    await place(store, 'early', { wakeAt: 50_000 });
    await place(store, 'other', { wakeAt: 40_000 }, 'other');
    assert.equal(await store.nextDue(['flow']), 50_000);
    assert.equal(await store.nextDue(['flow', 'other']), 40_000);
    assert.equal(await store.nextDue(['nothing']), undefined);
    assert.equal(await store.nextDue([]), undefined);
  }),

  storeCase('nextDue: a lease puts it off until it runs out', async (store) => {
    await place(store, 'a', { wakeAt: 4_000 });
    const lease = await claimOne(store, 'a', { now: 10_000, leaseMs: 500 });
    assert.equal(await store.nextDue(['flow']), 10_500);
    await store.renew(lease, 12_000);
    assert.equal(await store.nextDue(['flow']), 12_000);
    await store.commit(lease, change(1, { wakeAt: 30_000 }));
    assert.equal(await store.nextDue(['flow']), 30_000);
    await store.commit(lease, change(1, { wakeAt: 4_000, release: true }));
    assert.equal(await store.nextDue(['flow']), 4_000);
  }),

  storeCase('nextDue: agrees with claim', async (store) => {
    const wakeAt = [5_000, 1, 9_000, 7_000];
    for (const [index, at] of wakeAt.entries()) await place(store, `e${index}`, { wakeAt: at });
    for (let now = 0, found = 0; found < wakeAt.length;) {
      const due = await store.nextDue(['flow']);
      assert.ok(due !== undefined && due >= now);
      assert.deepEqual(await store.claim(request({ now: due - 1 })), []);
      const leases = await store.claim(request({ now: due, leaseMs: 1_000_000, limit: 1 }));
      assert.equal(leases.length, 1);
      found += leases.length;
      now = due;
    }
  }),

  storeCase('data: what a caller does with its own objects later changes nothing', async (store) => {
    const input = { items: ['a'] };
    await store.create(started('a', { input }));
    const lease = await claimOne(store, 'a');
    const args = [{ deep: { n: 1 } }];
    const events: HistoryEvent[] = [{ type: 'signaled', at: 2_000, name: 'x', args }];
    const details = { paths: ['b'] };
    await store.commit(lease, change(1, { events, status: 'blocked', problem: { ...problem, details } }));
    const before = JSON.stringify(await dump(store));
    input.items.push('z');
    args[0]!.deep.n = 2;
    events.push(fired(9));
    details.paths.length = 0;
    assert.equal(JSON.stringify(await dump(store)), before);
  }),

  storeCase('data: what a caller does with what it was given changes nothing', async (store) => {
    await store.create(started('a', { input: { items: ['a'] } }));
    const lease = await claimOne(store, 'a');
    await store.commit(lease, change(1, { events: [fired(1)], status: 'blocked', problem }));
    const before = JSON.stringify(await dump(store));
    const given: unknown[] = [await store.history('a'), await store.get('a'), await store.list(), lease];
    given.push(await store.create(started('a')));
    for (const each of given) vandalise(each);
    assert.equal(JSON.stringify(await dump(store)), before);
  }),

  storeCase('data: unicode, control characters and awkward JSON come back as they were', async (store) => {
    const text = '\u0000\u0001"\\\n\u2028 Ä A\u0308 日本 👩‍🚀 \uD800 \uFFFF';
    const odd = { text, [text]: [[], {}, null, false, 0, -1.5e-7, 2 ** 53 - 1, 1e308, ''] };
    const input = JSON.parse(JSON.stringify(odd).replace('{', '{"__proto__":{"x":1},')) as Json;
    const workflow = 'Ä A\u0308 日本 👩‍🚀 \uFFFF';
    await store.create(started('a', { workflow, input }));
    const [first] = await store.history('a');
    assert.equal(JSON.stringify(first), JSON.stringify(started('a', { workflow, input })));
    const lease = await claimOne(store, 'a', { worker: 'Zoë 👩‍🚀', workflows: [workflow] });
    await store.commit(lease, change(1, { status: 'blocked', problem: { code: 'c', message: text } }));
    const execution = await store.get('a');
    assert.deepEqual([execution?.leaseOwner, execution?.problem?.message], ['Zoë 👩‍🚀', text]);
  }),

  storeCase('data: a payload of 2 MiB and a problem without details', async (store) => {
    const input = '日'.repeat(700_000);
    await store.create(started('a', { input }));
    const lease = await claimOne(store, 'a');
    const event: HistoryEvent = { type: 'activity-completed', at: 2_000, seq: 1, result: { input } };
    await store.commit(lease, change(1, { events: [event], problem: { code: 'c', message: 'm' } }));
    assert.deepEqual(await store.history('a'), [started('a', { input }), event]);
    assert.deepEqual((await store.get('a'))?.problem, { code: 'c', message: 'm' });
  }),
];

/** Overwrites and empties whatever can be reached. A store may have frozen it. */
function vandalise(value: unknown): void {
  if (typeof value !== 'object' || value === null) return;
  for (const [key, each] of Object.entries(value)) {
    vandalise(each);
    Reflect.set(value, key, 'vandalised');
  }
  if (Array.isArray(value)) Reflect.set(value, 'length', 0);
}
