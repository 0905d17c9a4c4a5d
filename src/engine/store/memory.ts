import type { History, HistoryEvent } from '../history.js';
import { RowStore } from './row-store.js';
import type { ClaimRequest, Execution, ExecutionStatus, Store } from './store.js';

/**
 * One execution in a `MemoryState`. Histories that grew from one another share one array, of which each sees its own
 * length: a longer one costs what came to it, and not a copy.
 */
export class Entry {
  readonly execution: Execution;
  readonly #events: HistoryEvent[];
  readonly #length: number;
  readonly #forked: { readonly from: History; readonly at: number } | undefined;

  constructor(execution: Execution, events: HistoryEvent[], forked?: { readonly from: History; readonly at: number }) {
    this.execution = freeze({ ...execution, problem: copy(execution.problem) });
    this.#events = events;
    this.#length = events.length;
    this.#forked = forked;
    Object.freeze(this);
  }

  get history(): History {
    return this.slice(0, this.length);
  }

  get length(): number {
    return this.#length;
  }

  slice(from: number, to: number): History {
    return Object.freeze(this.#events.slice(from, Math.min(to, this.length)));
  }

  with(execution: Execution, events: History): Entry {
    const isLatest = this.#events.length === this.length;
    const own = isLatest ? this.#events : this.#events.slice(0, this.length);
    const forked = isLatest ? this.#forked : { from: this.#events, at: this.length };
    for (const event of events) own.push(freeze(copy(event)));
    return new Entry(execution, own, forked);
  }

  /** All events of the array that it shares; its own are the first `length`. */
  get items(): History {
    return this.#events;
  }

  /** The array that this one was copied from, and how much of it. */
  get forked(): { readonly from: History; readonly at: number } | undefined {
    return this.#forked;
  }

  toJSON(): Plain {
    return { execution: this.execution, history: this.history };
  }
}

type Plain = { readonly execution: Execution; readonly history: History };

/** All that a `MemoryStore` holds, frozen, by execution id. A later write leaves it as it is. */
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
export class MemoryStore extends RowStore implements Store {
  #state: MemoryState;

  constructor(state: { readonly executions: Readonly<Record<string, Plain>> } = { executions: {} }) {
    super();
    const entries = Object.entries(state.executions).map(([id, entry]) => [id, entryOf(entry)] as const);
    const known = entries.every(([id, entry]) => entry === state.executions[id]);
    // A snapshot is taken over as it is.
    this.#state = (known ? freeze(state) : freeze({ executions: Object.fromEntries(entries) })) as MemoryState;
  }

  get state(): MemoryState {
    return this.#state;
  }

  async list({ status }: { status?: ExecutionStatus } = {}): Promise<readonly Execution[]> {
    const rows = this.#rows().filter((row) => status === undefined || row.status === status);
    return rows.sort(by(({ createdAt }) => createdAt)).map((row) => ({ ...row }));
  }

  async nextDue(workflows: readonly string[]): Promise<number | undefined> {
    const running = this.#rows().filter((row) => row.status === 'running' && workflows.includes(row.workflow));
    const next = running.sort(by(dueAt)).map(dueAt)[0];
    return next === Infinity ? undefined : next;
  }

  async close(): Promise<void> {}

  // At once, before the method returns its promise. `save` replaces the state last, so that it happens whole or not.
  protected override step<T>(_: string, body: () => T): T {
    return body();
  }

  protected override row(id: string): Execution | undefined {
    const entry = this.#entry(id);
    return entry && { ...entry.execution };
  }

  protected override events(id: string, from: number, to: number): History {
    return this.#entry(id)?.slice(from, to) ?? [];
  }

  protected override due({ now, workflows, held = [], skipBlocked, limit }: ClaimRequest): readonly string[] {
    const isDue = (row: Execution): boolean =>
      row.status === 'blocked'
        ? (row.leaseUntil ?? now) <= now && !skipBlocked.includes(row.id)
        : row.status === 'running' && dueAt(row) <= now;
    const served = this.#rows().filter(({ id, workflow }) => workflows.includes(workflow) && !held.includes(id));
    const due = served.filter(isDue).sort(by(dueAt)).slice(0, limit);
    return due.map(({ id }) => id);
  }

  protected override save(row: Execution, events: History = []): void {
    const known = this.#entry(row.id);
    const entry = known?.with(row, events) ?? new Entry(row, [...freeze(copy(events))]);
    this.#state = Object.freeze({ executions: Object.freeze({ ...this.#state.executions, [row.id]: entry }) });
  }

  // An id may be any text, `constructor` too.
  #entry(id: string): Entry | undefined {
    return Object.hasOwn(this.#state.executions, id) ? this.#state.executions[id] : undefined;
  }

  #rows(): Execution[] {
    return Object.values(this.#state.executions).map(({ execution }) => execution);
  }
}

/**
 * Since when it could be claimed, which is also the order of claims. A lease counts: an execution whose workers die
 * goes behind those that waited meanwhile, and does not starve them. Infinity: only a change makes it due.
 */
function dueAt({ wakeAt, leaseUntil }: Execution): number {
  return wakeAt === null ? Infinity : Math.max(wakeAt, leaseUntil ?? 0);
}

// By a number, then by the bytes of the id in UTF-8, as SQLite sorts: `<` puts some pairs of texts the other way round.
function by(key: (row: Execution) => number): (a: Execution, b: Execution) => number {
  // Infinity minus itself is NaN, which counts as equal.
  return (a, b) => key(a) - key(b) || Buffer.compare(Buffer.from(a.id), Buffer.from(b.id));
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

function entryOf(entry: Plain): Entry {
  return entry instanceof Entry ? entry : new Entry(entry.execution, [...freeze(copy(entry.history))]);
}
