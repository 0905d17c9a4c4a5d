import { describe, expect, test } from 'vitest';
import { testStore } from './conformance.js';
import { request, signaled, started } from './conformance/support.js';
import { MemoryStore, type MemoryState } from './memory.js';

describe('MemoryStore', () => {
  testStore(
    {
      async create() {
        const store = new MemoryStore();
        return {
          store,
          // A second handle on the state of one object is that object.
          second: async () => store,
          reopen: async () => new MemoryStore(store.state),
          dispose: async () => {},
        };
      },
    },
    test,
  );

  test('a snapshot is a reference that no later write touches', async () => {
    const store = new MemoryStore();
    await store.create(started('a', { input: { deep: [1] } }));
    const snapshot = store.state;
    const text = JSON.stringify(snapshot);
    expect(store.state).toBe(snapshot);
    await store.signal('a', signaled('approve'));
    await store.claim(request());
    await store.create(started('b'));
    expect(store.state).not.toBe(snapshot);
    expect(JSON.stringify(snapshot)).toBe(text);
  });

  test('two lives that start from one snapshot do not see each other', async () => {
    const first = new MemoryStore();
    await first.create(started('a'));
    const [left, right] = [new MemoryStore(first.state), new MemoryStore(first.state)];
    await left.signal('a', signaled('left'));
    await right.signal('a', signaled('right'));
    expect((await first.get('a'))?.length).toBe(1);
    expect((await left.history('a')).at(-1)).toEqual(signaled('left'));
    expect((await right.history('a')).at(-1)).toEqual(signaled('right'));
  });

  test('the state is frozen all the way down, also one that was given as plain data', async () => {
    const store = new MemoryStore();
    await store.create(started('a', { input: { deep: [1] } }));
    const frozen = (value: unknown): boolean =>
      typeof value !== 'object' || value === null || (Object.isFrozen(value) && Object.values(value).every(frozen));
    expect(frozen(store.state)).toBe(true);
    expect(frozen(new MemoryStore(JSON.parse(JSON.stringify(store.state)) as MemoryState).state)).toBe(true);
  });

  test('reading, and what is refused, leave the very same state', async () => {
    const store = new MemoryStore();
    await store.create(started('a'));
    const { state } = store;
    await store.create(started('a'));
    await store.claim(request({ workflows: [] }));
    await store.history('a');
    await store.list();
    await store.nextDue(['flow']);
    await store.signal('b', signaled('approve')).catch(() => undefined);
    await store.renew({ id: 'a', token: 3 }, 5).catch(() => undefined);
    expect(store.state).toBe(state);
  });

  test('a write has taken place before its promise is awaited', async () => {
    const store = new MemoryStore();
    const creating = store.create(started('a'));
    expect(Object.keys(store.state.executions)).toEqual(['a']);
    await creating;
  });
});
