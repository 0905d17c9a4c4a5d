import assert from 'node:assert/strict';
import { CrashwiseError } from '../../crashwise-error.js';
import type { HistoryEvent, Json } from '../../history.js';
import type { ClaimRequest, Commit, Lease, Store } from '../store.js';

/** One fresh, empty store and the other ways to the same data. */
export interface StoreUnderTest {
  readonly store: Store;
  /** Another handle on the same data, as a second worker has it. Without it `store` plays both. */
  readonly second?: () => Promise<Store>;
  /** The store as the next process finds it, `store` being gone without a farewell. Without it `store` goes on. */
  readonly reopen?: () => Promise<Store>;
  /** Closes every handle and removes the data. */
  dispose(): Promise<void>;
}

export interface StoreFactory {
  create(): Promise<StoreUnderTest>;
}

/** One rule of the contract. `run` rejects with an `AssertionError` if the store breaks it. */
export interface StoreCase {
  readonly name: string;
  run(factory: StoreFactory): Promise<void>;
}

export function storeCase(name: string, body: (store: Store, under: StoreUnderTest) => Promise<void>): StoreCase {
  return {
    name,
    async run(factory) {
      const under = await factory.create();
      try {
        await body(under.store, under);
      } finally {
        await under.dispose();
      }
    },
  };
}

export function started(
  id: string,
  rest: { at?: number; workflow?: string; input?: Json } = {},
): Extract<HistoryEvent, { type: 'started' }> {
  return { type: 'started', at: 1_000, id, workflow: 'flow', seed: 'seed', ...rest };
}

export function signaled(
  name: string,
  at = 2_000,
  ...args: readonly Json[]
): Extract<HistoryEvent, { type: 'signaled' }> {
  return { type: 'signaled', at, name, args };
}

export function fired(seq: number, at = 2_000): HistoryEvent {
  return { type: 'timer-fired', at, seq };
}

export function request(rest: Partial<ClaimRequest> = {}): ClaimRequest {
  return { worker: 'ann', now: 10_000, leaseMs: 5_000, limit: 10, workflows: ['flow'], skipBlocked: [], ...rest };
}

export function change(expectedLength: number, rest: Partial<Commit> = {}): Commit {
  return { expectedLength, events: [], status: 'running', problem: null, wakeAt: null, release: false, ...rest };
}

/** Claims and takes it for granted that exactly this execution is due. */
export async function claimOne(store: Store, id: string, rest: Partial<ClaimRequest> = {}): Promise<Lease> {
  const [lease, ...others] = await store.claim(request(rest));
  assert.deepEqual([lease?.id, others], [id, []], `a claim should find ${id} and nothing else`);
  return lease!;
}

/** Creates an execution and brings it into the state of this commit, which gives the lease back. No other may be due. */
export async function place(store: Store, id: string, rest: Partial<Commit>, workflow = 'flow'): Promise<void> {
  await store.create(started(id, { workflow }));
  const skipBlocked = (await store.list({ status: 'blocked' })).map((row) => row.id);
  const lease = await claimOne(store, id, { workflows: [workflow], now: 0, leaseMs: 0, skipBlocked });
  assert.equal(await store.commit(lease, change(1, { release: true, ...rest })), true);
}

export async function rejects(code: string, promise: Promise<unknown>): Promise<void> {
  await assert.rejects(promise, (error: unknown) => {
    assert.ok(CrashwiseError.is(error), `a CrashwiseError ${code} is expected, not ${String(error)}`);
    assert.equal(error.code, code);
    return true;
  });
}

/** Everything that the store shows of these executions: two dumps are equal if nothing was changed between. */
export async function dump(store: Store): Promise<unknown> {
  const rows = await store.list();
  return Promise.all(rows.map(async (row) => ({ row, history: await store.history(row.id) })));
}
