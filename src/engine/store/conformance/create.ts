import assert from 'node:assert/strict';
import type { StoreCase } from './support.js';
import { change, claimOne, dump, rejects, signaled, started, storeCase } from './support.js';

export const createCases: readonly StoreCase[] = [
  storeCase('create: a new execution is running, due at once, and holds its first event', async (store) => {
    const event = started('a', { at: 1_234, workflow: 'order', input: { amount: 3 } });
    const { created, execution } = await store.create(event);
    assert.equal(created, true);
    assert.deepEqual(execution, {
      id: 'a',
      workflow: 'order',
      status: 'running',
      length: 1,
      createdAt: 1_234,
      wakeAt: 0,
      leaseToken: 0,
      leaseOwner: null,
      leaseUntil: null,
      claims: 0,
      problem: null,
    });
    assert.deepEqual(await store.get('a'), execution);
    assert.deepEqual(await store.history('a'), [event]);
  }),

  storeCase('create: an id that is taken changes nothing and gives what is there', async (store) => {
    await store.create(started('a', { input: 'first' }));
    const lease = await claimOne(store, 'a');
    await store.commit(lease, change(1, { status: 'completed', release: true }));
    const before = await dump(store);
    const { created, execution } = await store.create(started('a', { at: 9_999, workflow: 'other', input: 'second' }));
    assert.equal(created, false);
    assert.deepEqual(execution, await store.get('a'));
    assert.equal(execution.status, 'completed');
    assert.deepEqual(await dump(store), before);
  }),

  storeCase('create: of two calls for one id exactly one creates', async (store, { second }) => {
    const other = (await second?.()) ?? store;
    const calls = [store, other, store, other].map((each, n) => each.create(started('a', { input: n })));
    const results = await Promise.all(calls);
    assert.equal(results.filter(({ created }) => created).length, 1);
    assert.deepEqual(await store.history('a'), [started('a', { input: results.findIndex(({ created }) => created) })]);
  }),

  storeCase('create: an id may be any text', async (store) => {
    const ids = ['', ' ', 'a/b', "a'b", 'a"b', '%', '__proto__', 'constructor', 'tab\t', 'Ä', 'A\u0308', '日本', '👩‍🚀'];
    for (const id of ids) assert.equal(await store.get(id), undefined, JSON.stringify(id));
    for (const id of ids) assert.equal((await store.create(started(id))).created, true, JSON.stringify(id));
    for (const id of ids) assert.deepEqual(await store.history(id), [started(id)]);
    assert.deepEqual((await store.list()).map(({ id }) => id).sort(), [...ids].sort());
  }),

  storeCase('create: an id or workflow that databases do not keep apart is refused', async (store) => {
    // Some drivers cut a text at a NUL, and put the same character in place of every lone surrogate.
    await store.create(started('a'));
    await store.create(started('\uFFFD'));
    const before = await dump(store);
    for (const text of ['a\0', 'a\0b', '\uD800', '\uDC00']) {
      await rejects('invalid-argument', store.create(started(text)));
      await rejects('invalid-argument', store.create(started('b', { workflow: text })));
      assert.equal(await store.get(text), undefined);
      await rejects('execution-not-found', store.history(text));
      await rejects('execution-not-found', store.signal(text, signaled('approve')));
    }
    assert.deepEqual(await dump(store), before);
  }),
];
