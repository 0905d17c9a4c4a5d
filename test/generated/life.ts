import type { Clock, Commit, Json, Lease, Store } from '../../src/engine/index.js';
import { hash, outcomeOf } from './behaviour.js';
import { progressOf, type Cut, type World } from './world.js';

// Both never come by themselves: the driver has the worker look when there is something to see, and a lease ends with
// the life that holds it. So a crash costs no time, and everything after it is to be as it would have been.
const POLL_MS = 1e12;
const LEASE_MS = 6e12;
// Several times what the longest program needs.
const MAX_OPERATIONS = 2_000;
const MAX_EVENTS = 500;

interface Waiter {
  readonly timeMs: number;
  readonly isHeartbeat: boolean;
  readonly callback: () => void;
}

interface Pending {
  readonly key: string;
  readonly dueAt: number;
  readonly finish: () => void;
}

/**
 * One worker from its start until it is cut. Its store operations, its clock and its activities go through here; after
 * the cut nothing of it ever settles and nothing it does has an effect, as with a process that is gone.
 */
export class Life {
  dead = false;
  readonly #world: World;
  readonly #cuts: ReadonlyMap<number, Cut>;
  readonly #waiters: Waiter[] = [];
  readonly #pending: Pending[] = [];
  #lookedAt = 0;

  constructor(world: World, cuts: ReadonlyMap<number, Cut>) {
    this.#world = world;
    this.#cuts = cuts;
    const clock: Clock = { now: () => world.now, at: (timeMs, callback) => this.#at(timeMs, callback) };
    const worker = new world.engine.Worker({
      store: this.#store(),
      workflows: [world.workflow],
      activities: this.#activities(),
      id: 'worker',
      clock,
      leaseMs: LEASE_MS,
      pollMs: POLL_MS,
      report: (error) => {
        if (!this.dead) world.problems.push(`the worker reports ${error.code}: ${error.message}`);
      },
    });
    void worker.run();
  }

  cut(): void {
    this.dead = true;
    this.#world.endLease();
    this.#waiters.length = 0;
    this.#pending.length = 0;
  }

  /** Calls back all that waited for a time that has come. */
  fireDue(): boolean {
    return this.#fire(({ timeMs }) => timeMs <= this.#world.now);
  }

  /** As if the poll interval had just passed, once for each length of the history. */
  look(): boolean {
    const { length } = this.#world.history;
    if (this.#lookedAt === length) return false;
    this.#lookedAt = length;
    return this.#fire(({ isHeartbeat }) => !isHeartbeat);
  }

  /**
   * Ends one attempt that may end now, or two at once: those that ended together in an earlier life, in their old
   * place, else by a priority of their own.
   */
  finish(): boolean {
    const { together, now, trial } = this.#world;
    const rank = ({ key }: Pending): number => {
      const place = together.findIndex((keys) => keys.includes(key));
      return place >= 0 ? place - together.length : hash(trial.seed, key);
    };
    const [first, second] = this.#pending.filter(({ dueAt }) => dueAt <= now).sort((a, b) => rank(a) - rank(b));
    if (!first) return false;
    let keys = together.find((known) => known.includes(first.key));
    if (!keys) {
      keys = second && hash(trial.seed, 'pair', first.key) % 3 === 0 ? [first.key, second.key] : [first.key];
      together.push(keys);
    }
    for (const key of keys) {
      const index = this.#pending.findIndex((pending) => pending.key === key);
      for (const { finish } of index >= 0 ? this.#pending.splice(index, 1) : []) finish();
    }
    return true;
  }

  /** When the next thing happens by itself. */
  get nextAt(): number {
    const times = [...this.#waiters.map(({ timeMs }) => timeMs), ...this.#pending.map(({ dueAt }) => dueAt)];
    return Math.min(Infinity, ...times.filter((timeMs) => timeMs < this.#world.now + POLL_MS / 2));
  }

  #fire(which: (waiter: Waiter) => boolean): boolean {
    const due = this.#waiters.filter(which).sort((a, b) => a.timeMs - b.timeMs);
    for (const waiter of due) this.#waiters.splice(this.#waiters.indexOf(waiter), 1);
    for (const { callback } of due) callback();
    return due.length > 0;
  }

  #at(timeMs: number, callback: () => void): () => void {
    const waiter: Waiter = { timeMs, isHeartbeat: timeMs - this.#world.now === LEASE_MS / 3, callback };
    if (!this.dead) this.#waiters.push(waiter);
    return () => {
      const index = this.#waiters.indexOf(waiter);
      if (index >= 0) this.#waiters.splice(index, 1);
    };
  }

  async #operation<T>(perform: () => Promise<T>): Promise<T> {
    if (this.dead) return never();
    const cut = this.#cuts.get(this.#world.operations);
    this.#world.operations += 1;
    const isEndless = this.#world.operations > MAX_OPERATIONS || this.#world.history.length > MAX_EVENTS;
    if (isEndless) this.#world.problems.push('the run does not end');
    if (cut === 'before' || isEndless) {
      this.cut();
      return never();
    }
    const outcome = perform();
    await outcome.catch(() => {});
    if (cut === 'landed') this.cut();
    return this.dead ? never() : outcome;
  }

  #store(): Store {
    const world = this.#world;
    return {
      create: (started) => this.#operation(() => world.store.create(started)),
      signal: (id, event) => this.#operation(() => world.store.signal(id, event)),
      claim: (request) => this.#operation(() => world.store.claim(request)),
      renew: (lease, until) => this.#operation(() => world.store.renew(lease, until)),
      commit: (lease, commit) => this.#operation(() => this.#commit(lease, commit)),
      history: (id) => this.#operation(() => world.store.history(id)),
      get: (id) => this.#operation(() => world.store.get(id)),
      list: (filter) => this.#operation(() => world.store.list(filter)),
      nextDue: (workflows) => this.#operation(() => world.store.nextDue(workflows)),
      close: () => this.#operation(() => world.store.close()),
    };
  }

  async #commit(lease: Lease, commit: Commit): Promise<boolean> {
    const world = this.#world;
    await world.send('before', [...world.history, ...commit.events]);
    const landed = await world.store.commit(lease, commit);
    if (!landed) {
      world.conflicts += 1;
      return false;
    }
    if (commit.events.length > 0) world.commits.push({ events: commit.events, status: commit.status });
    const { upgradeAt } = world.trial;
    if (upgradeAt !== null && world.upgradedAfter === undefined && progressOf(world.history) >= upgradeAt) {
      world.upgradedAfter = world.history.filter(({ type }) => type === 'decided').length;
      this.cut(); // The worker is stopped for the new version.
    }
    await world.send('after', world.history);
    return true;
  }

  #activities(): object {
    const names = ['fetch', 'store', 'notify'];
    return Object.fromEntries(names.map((name) => [name, (...args: Json[]) => this.#attempt(args)]));
  }

  #attempt(args: Json[]): Promise<unknown> {
    if (this.dead) return never();
    const world = this.#world;
    const { attempt, idempotencyKey } = world.engine.activityInfo();
    const callId = String(args[0]);
    const call = world.calls.get(Number.parseInt(callId, 10));
    if (!call) throw new Error(`no such call: ${callId}`);
    const { history, now } = world;
    world.attempts.push({
      callId,
      attempt,
      key: idempotencyKey,
      args: JSON.stringify(args),
      after: history.length,
      at: now,
    });
    const outcome = outcomeOf(call, args, attempt, world.trial.seed);
    if (typeof args[1] === 'object') Object.assign(args[1]!, { list: ['changed by the activity'] });
    const key = `${callId} ${attempt}`;
    // From when it could first run, so that a crash does not put its end off.
    const dueAt = world.slowUntil.get(key) ?? now + call.slowMs;
    if (call.slowMs > 0) world.slowUntil.set(key, dueAt);
    return new Promise((resolve, reject) => {
      const finish = (): void => {
        if (!('failure' in outcome)) return resolve(outcome.result);
        return reject(Object.assign(new Error(outcome.failure.message), { name: outcome.failure.name }));
      };
      this.#pending.push({ key, dueAt, finish });
    });
  }
}

function never<T>(): Promise<T> {
  return new Promise(() => {});
}
