import { expect, test } from 'vitest';
import type { History } from '../history.js';
import type { StoreFactory } from './conformance.js';
import { storeConformance } from './conformance.js';
import { MemoryStore } from './memory.js';
import type { MemoryState } from './memory.js';
import type { Execution, Store } from './store.js';

/** A good store, and a way past its rules. */
class Good {
  store = new MemoryStore();

  entry(id: string): MemoryState['executions'][string] | undefined {
    return Object.hasOwn(this.store.state.executions, id) ? this.store.state.executions[id] : undefined;
  }

  row(id: string): Execution | undefined {
    return this.entry(id)?.execution;
  }

  rows(): Execution[] {
    return Object.values(this.store.state.executions).map(({ execution }) => execution);
  }

  patch(id: string, row: Partial<Execution>, history?: History): void {
    const entry = this.entry(id);
    if (entry === undefined) return;
    const patched = { execution: { ...entry.execution, ...row }, history: history ?? entry.history };
    this.store = new MemoryStore({ executions: { ...this.store.state.executions, [id]: patched } });
  }

  remove(id: string): void {
    const { [id]: _, ...executions } = this.store.state.executions;
    this.store = new MemoryStore({ executions });
  }
}

/** The methods that a bug replaces; all others are those of the good store. */
type Bug = (good: Good) => Partial<Store>;

function broken(bug: Bug, onReopen?: (good: Good) => void): StoreFactory {
  return {
    async create() {
      const good = new Good();
      const bad = bug(good);
      const store: Store = {
        create: (event) => (bad.create ?? good.store.create.bind(good.store))(event),
        signal: (id, event) => (bad.signal ?? good.store.signal.bind(good.store))(id, event),
        claim: (request) => (bad.claim ?? good.store.claim.bind(good.store))(request),
        renew: (lease, until) => (bad.renew ?? good.store.renew.bind(good.store))(lease, until),
        commit: (lease, commit) => (bad.commit ?? good.store.commit.bind(good.store))(lease, commit),
        history: (id) => (bad.history ?? good.store.history.bind(good.store))(id),
        get: (id) => (bad.get ?? good.store.get.bind(good.store))(id),
        list: (filter) => (bad.list ?? good.store.list.bind(good.store))(filter),
        nextDue: (workflows) => (bad.nextDue ?? good.store.nextDue.bind(good.store))(workflows),
        close: () => good.store.close(),
      };
      const reopen = async (): Promise<Store> => {
        onReopen?.(good);
        return store;
      };
      return { store, second: async () => store, reopen, dispose: async () => {} };
    },
  };
}

async function firstFailing(factory: StoreFactory): Promise<string | undefined> {
  for (const { name, run } of storeConformance) {
    const failed = await run(factory).then(
      () => false,
      () => true,
    );
    if (failed) return name;
  }
  return undefined;
}

// Each breaks one rule of the contract. A suite that lets one of them pass has no teeth.
const BUGS: Record<string, Bug> = {
  'create overwrites': (good) => ({
    async create(event) {
      good.remove(event.id);
      return good.store.create(event);
    },
  }),
  'create always says that it created': (good) => ({
    create: async (event) => ({ ...(await good.store.create(event)), created: true }),
  }),
  'create is not due at once': (good) => ({
    async create(event) {
      const { created } = await good.store.create(event);
      if (created) good.patch(event.id, { wakeAt: event.at });
      return { created, execution: good.row(event.id)! };
    },
  }),
  'signal does not wake': (good) => ({
    async signal(id, event) {
      const wakeAt = good.row(id)?.wakeAt ?? null;
      await good.store.signal(id, event);
      good.patch(id, { wakeAt });
    },
  }),
  'signal runs time backwards': (good) => ({
    async signal(id, event) {
      await good.store.signal(id, event);
      good.patch(id, {}, [...good.entry(id)!.history.slice(0, -1), event]);
    },
  }),
  'signal is dropped while a worker holds the lease': (good) => ({
    async signal(id, event) {
      if (good.row(id)?.leaseOwner == null) await good.store.signal(id, event);
    },
  }),
  'signal takes the lease away': (good) => ({
    async signal(id, event) {
      await good.store.signal(id, event);
      good.patch(id, { leaseOwner: null, leaseUntil: null });
    },
  }),
  'signal unblocks': (good) => ({
    async signal(id, event) {
      await good.store.signal(id, event);
      good.patch(id, { status: 'running', problem: null });
    },
  }),
  'signal to an ended execution is taken': (good) => ({
    async signal(id, event) {
      const status = good.row(id)?.status ?? 'running';
      good.patch(id, { status: 'running' });
      await good.store.signal(id, event);
      good.patch(id, { status });
    },
  }),
  'signal knows no limit': (good) => ({
    async signal(id, event) {
      const length = good.row(id)?.length ?? 0;
      good.patch(id, { length: 1 });
      await good.store.signal(id, event);
      good.patch(id, { length: length + 1 });
    },
  }),
  'claim ignores leaseUntil': (good) => ({
    async claim(request) {
      for (const { id } of good.rows()) good.patch(id, { leaseUntil: null });
      return good.store.claim(request);
    },
  }),
  'claim keeps out until after leaseUntil': (good) => ({
    claim: (request) => {
      const isEdge = good.rows().some(({ leaseUntil }) => leaseUntil === request.now);
      return isEdge ? Promise.resolve([]) : good.store.claim(request);
    },
  }),
  'claim ignores the workflows': (good) => ({
    claim: (request) => good.store.claim({ ...request, workflows: good.rows().map(({ workflow }) => workflow) }),
  }),
  'claim ignores skipBlocked': (good) => ({ claim: (request) => good.store.claim({ ...request, skipBlocked: [] }) }),
  'claim leaves blocked ones alone': (good) => ({
    claim: (request) => good.store.claim({ ...request, skipBlocked: good.rows().map(({ id }) => id) }),
  }),
  'claim applies skipBlocked to running ones': (good) => ({
    claim: (request) => {
      const skipped = request.skipBlocked.some((id) => good.row(id)?.status === 'running');
      return skipped ? Promise.resolve([]) : good.store.claim(request);
    },
  }),
  'claim ignores the limit': (good) => ({ claim: (request) => good.store.claim({ ...request, limit: Infinity }) }),
  'claim wakes sleepers early': (good) => ({
    claim: (request) => good.store.claim({ ...request, now: request.now + 1 }),
  }),
  'claim gives them in no order': (good) => ({
    claim: async (request) => (await good.store.claim(request)).toReversed(),
  }),
  'claim gives a token again': (good) => ({
    async claim(request) {
      const leases = await good.store.claim(request);
      for (const { id } of leases) good.patch(id, { leaseToken: 1 });
      return leases.map((lease) => ({ ...lease, token: 1 }));
    },
  }),
  'claim calls a blocked one running': (good) => ({
    claim: async (request) => (await good.store.claim(request)).map((lease) => ({ ...lease, status: 'running' })),
  }),
  'claims are not counted': (good) => ({
    async claim(request) {
      const leases = await good.store.claim(request);
      for (const { id } of leases) good.patch(id, { claims: 0 });
      return leases;
    },
  }),
  'claims are not reset by a commit': (good) => ({
    async commit(lease, commit) {
      const claims = good.row(lease.id)?.claims ?? 0;
      const done = await good.store.commit(lease, commit);
      if (done) good.patch(lease.id, { claims });
      return done;
    },
  }),
  'claims are reset by a commit without events': (good) => ({
    async commit(lease, commit) {
      const done = await good.store.commit(lease, commit);
      if (done) good.patch(lease.id, { claims: 0 });
      return done;
    },
  }),
  'renew does not check the token': (good) => ({
    renew: ({ id }, until) => good.store.renew({ id, token: good.row(id)?.leaseToken ?? 0 }, until),
  }),
  'renew does nothing': () => ({ renew: async () => {} }),
  'renew brings a lease back that was given back': (good) => ({
    async renew(lease, until) {
      if (good.row(lease.id)?.leaseOwner === null) good.patch(lease.id, { leaseOwner: 'ann' });
      await good.store.renew(lease, until);
    },
  }),
  'commit does not check the token': (good) => ({
    commit: ({ id }, commit) => good.store.commit({ id, token: good.row(id)?.leaseToken ?? 0 }, commit),
  }),
  'commit takes a lease that was given back': (good) => ({
    async commit(lease, commit) {
      if (good.row(lease.id)?.leaseOwner === null) good.patch(lease.id, { leaseOwner: 'ann' });
      return good.store.commit(lease, commit);
    },
  }),
  'commit refuses a lease that ran out': (good) => ({
    async commit(lease, commit) {
      const until = good.row(lease.id)?.leaseUntil ?? Infinity;
      if (commit.events.some(({ at }) => at > until)) return good.store.commit({ ...lease, token: -1 }, commit);
      return good.store.commit(lease, commit);
    },
  }),
  'commit ignores expectedLength': (good) => ({
    commit: (lease, commit) => good.store.commit(lease, { ...commit, expectedLength: good.row(lease.id)?.length ?? 0 }),
  }),
  'commit takes an expectedLength from the future': (good) => ({
    commit: (lease, commit) => {
      const length = good.row(lease.id)?.length ?? 0;
      return good.store.commit(lease, { ...commit, expectedLength: Math.min(commit.expectedLength, length) });
    },
  }),
  'commit gives the lease back on a conflict': (good) => ({
    async commit(lease, commit) {
      const done = await good.store.commit(lease, commit);
      if (!done && commit.release) good.patch(lease.id, { leaseOwner: null, leaseUntil: null });
      return done;
    },
  }),
  'commit that fails half-way keeps the first half': (good) => ({
    async commit(lease, commit) {
      try {
        return await good.store.commit(lease, commit);
      } catch (error) {
        if (error instanceof TypeError)
          await good.store.commit(lease, { ...commit, events: commit.events.slice(0, 1) });
        throw error;
      }
    },
  }),
  'commit writes the row but not the events': (good) => ({
    async commit(lease, commit) {
      const history = good.entry(lease.id)?.history ?? [];
      const done = await good.store.commit(lease, commit);
      if (done) good.patch(lease.id, {}, history);
      return done;
    },
  }),
  'commit turns the events round': (good) => ({
    commit: (lease, commit) => good.store.commit(lease, { ...commit, events: commit.events.toReversed() }),
  }),
  'commit never gives the lease back': (good) => ({
    commit: (lease, commit) => good.store.commit(lease, { ...commit, release: false }),
  }),
  'commit always gives the lease back': (good) => ({
    commit: (lease, commit) => good.store.commit(lease, { ...commit, release: true }),
  }),
  'commit keeps an old problem': (good) => ({
    commit: (lease, commit) =>
      good.store.commit(lease, { ...commit, problem: commit.problem ?? good.row(lease.id)?.problem ?? null }),
  }),
  'commit drops the details of a problem': (good) => ({
    commit: (lease, commit) => {
      const problem = commit.problem && { code: commit.problem.code, message: commit.problem.message };
      return good.store.commit(lease, { ...commit, problem });
    },
  }),
  'list is in no order': (good) => ({ list: async (filter) => (await good.store.list(filter)).toReversed() }),
  'list ignores the status': (good) => ({ list: () => good.store.list() }),
  'history of nobody is empty': (good) => ({ history: async (id) => good.entry(id)?.history ?? [] }),
  'history gives its own array away': (good) => {
    const own = new Map<string, History>();
    return {
      async history(id) {
        const key = `${id} ${good.row(id)?.length}`;
        if (!own.has(key)) own.set(key, structuredClone(await good.store.history(id)));
        return own.get(key)!;
      },
    };
  },
  'create keeps the object of the caller': (good) => {
    const given = new Map<string, History>();
    return {
      async create(event) {
        if (!given.has(event.id)) given.set(event.id, [event]);
        return good.store.create(event);
      },
      history: async (id) => [...(given.get(id) ?? []), ...(await good.store.history(id)).slice(1)],
    };
  },
  'nextDue ignores the lease': (good) => ({
    async nextDue(workflows) {
      const { state } = good.store;
      for (const { id } of good.rows()) good.patch(id, { leaseUntil: null });
      const next = await good.store.nextDue(workflows);
      good.store = new MemoryStore(state);
      return next;
    },
  }),
  'nextDue counts blocked ones': (good) => ({
    async nextDue(workflows) {
      const { state } = good.store;
      for (const { id, status } of good.rows()) if (status === 'blocked') good.patch(id, { status: 'running' });
      const next = await good.store.nextDue(workflows);
      good.store = new MemoryStore(state);
      return next;
    },
  }),
  'nextDue ignores the workflows': (good) => ({
    nextDue: () => good.store.nextDue(good.rows().map(({ workflow }) => workflow)),
  }),
};

test('a good store passes', async () => {
  expect(await firstFailing(broken(() => ({})))).toBeUndefined();
});

test.each(Object.entries(BUGS))('a store is caught in which %s', async (_, bug) => {
  expect(await firstFailing(broken(bug))).toBeDefined();
});

test.each<[string, (good: Good) => void]>([
  ['everything', (good) => good.rows().forEach(({ id }) => good.remove(id))],
  [
    'the last event',
    (good) => good.rows().forEach(({ id }) => good.patch(id, {}, good.entry(id)!.history.slice(0, -1))),
  ],
  ['the leases', (good) => good.rows().forEach(({ id }) => good.patch(id, { leaseOwner: null, leaseUntil: null }))],
  ['the tokens', (good) => good.rows().forEach(({ id }) => good.patch(id, { leaseToken: 0 }))],
])('a store is caught that loses %s in a restart', async (_, lose) => {
  expect(await firstFailing(broken(() => ({}), lose))).toBeDefined();
});
