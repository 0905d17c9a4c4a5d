import type { History } from '../history.js';
import * as rows from './row.js';
import type { Claim, ClaimRequest, Commit, Execution, ExecutionStatus, Lease, Store } from './store.js';

type Entry = { readonly execution: Execution; readonly history: History };

/** All that a `MemoryStore` holds: plain, deeply frozen data by execution id. A later write leaves it as it is. */
export type MemoryState = { readonly executions: Readonly<Record<string, Entry>> };

/**
 * A store in memory, for tests and for the simulator: it survives as long as its `state` is kept. A snapshot of it is
 * the reference `store.state`, and `new MemoryStore(snapshot)` goes on from there without touching other stores.
 *
 * @example
 * const before = store.state;
 * await store.signal('order-1', approved);
 * const restarted = new MemoryStore(before); // Has not seen the signal.
 */
export class MemoryStore implements Store {
  #state: MemoryState;

  constructor(state: MemoryState = { executions: {} }) {
    this.#state = freeze(state);
  }

  get state(): MemoryState {
    return this.#state;
  }

  // Each method does its work before it returns its promise, and replaces the state last: it happens whole or not.

  async create(started: rows.Started): Promise<{ created: boolean; execution: Execution }> {
    const created = this.#entry(started.id) === undefined;
    if (created) this.#write(rows.startedRow(started), [started]);
    return { created, execution: copy(this.#entry(started.id)!.execution) };
  }

  async signal(id: string, event: rows.Signaled): Promise<void> {
    const entry = this.#entry(id);
    const execution = rows.signaledRow(id, entry?.execution);
    this.#write(execution, [{ ...event, at: Math.max(event.at, entry?.history.at(-1)?.at ?? event.at) }]);
  }

  async claim(request: ClaimRequest): Promise<readonly Claim[]> {
    const isDue = (row: Execution): boolean =>
      row.status === 'blocked'
        ? (row.leaseUntil ?? request.now) <= request.now && !request.skipBlocked.includes(row.id)
        : row.status === 'running' && rows.dueAt(row) <= request.now;
    const due = this.#rows().filter(
      (row) => request.workflows.includes(row.workflow) && !request.held?.includes(row.id) && isDue(row),
    );
    const claimed = due.sort(rows.byDue).slice(0, request.limit);
    return claimed.map((row) => this.#write(rows.claimedRow(row, request))).map(rows.claimOf);
  }

  async renew(lease: Lease, until: number): Promise<void> {
    this.#write({ ...rows.heldRow(lease, this.#entry(lease.id)?.execution), leaseUntil: until });
  }

  async commit(lease: Lease, commit: Commit): Promise<boolean> {
    const row = rows.heldRow(lease, this.#entry(lease.id)?.execution);
    if (row.length !== commit.expectedLength) return false;
    this.#write(rows.committedRow(row, commit), commit.events);
    return true;
  }

  async history(id: string): Promise<History> {
    const entry = this.#entry(id);
    if (entry === undefined) throw rows.notFound(id);
    return copy(entry.history);
  }

  async get(id: string): Promise<Execution | undefined> {
    const entry = this.#entry(id);
    return entry && copy(entry.execution);
  }

  async list({ status }: { status?: ExecutionStatus } = {}): Promise<readonly Execution[]> {
    return copy(this.#rows().filter((row) => row.status === (status ?? row.status))).sort(rows.byCreation);
  }

  async nextDue(workflows: readonly string[]): Promise<number | undefined> {
    const running = this.#rows().filter((row) => row.status === 'running' && workflows.includes(row.workflow));
    const next = running.sort(rows.byDue).map(rows.dueAt)[0];
    return next === Infinity ? undefined : next;
  }

  async close(): Promise<void> {}

  // An id may be any text, `constructor` too.
  #entry(id: string): Entry | undefined {
    return Object.hasOwn(this.#state.executions, id) ? this.#state.executions[id] : undefined;
  }

  #rows(): Execution[] {
    return Object.values(this.#state.executions).map(({ execution }) => execution);
  }

  #write(row: Execution, events: History = []): Execution {
    const known = this.#entry(row.id)?.history ?? [];
    const history = events.length === 0 ? known : [...known, ...copy(events)];
    const executions = { ...this.#state.executions, [row.id]: { execution: copy(row), history } };
    this.#state = freeze({ executions });
    return row;
  }
}

// Through JSON, as a database keeps it: what a caller does with its objects later changes nothing here, and what does
// not survive JSON does not survive in the simulator either.
function copy<T>(value: T): T {
  return JSON.parse(JSON.stringify(value)) as T;
}

// What is frozen already was so deeply: only the new parts are walked.
function freeze<T>(value: T): T {
  if (typeof value !== 'object' || value === null || Object.isFrozen(value)) return value;
  Object.values(value).forEach(freeze);
  return Object.freeze(value);
}
