import type { History, HistoryEvent, Json } from '../history.js';

/** `blocked`: the code does not match the history, or cannot go on; a worker with other code tries again. */
export type ExecutionStatus = 'running' | 'blocked' | 'completed' | 'failed';

/** Why an execution is blocked or has failed: the code and the text of the error, and its plain details. */
export interface Problem {
  readonly code: string;
  readonly message: string;
  readonly details?: Json;
}

/** One execution as `list` and `get` show it. Times are in ms since 1970. */
export interface Execution {
  readonly id: string;
  readonly workflow: string;
  readonly status: ExecutionStatus;
  /** Number of events in the history. */
  readonly length: number;
  readonly createdAt: number;
  /** When a worker should look at it next: 0 means at once, null that nothing is due before something arrives. */
  readonly wakeAt: number | null;
  /** The token of the latest lease: grows by one with each claim, and is checked on every write. */
  readonly leaseToken: number;
  /** The worker that holds the lease, and until when; null if nobody does. */
  readonly leaseOwner: string | null;
  readonly leaseUntil: number | null;
  /** Claims since the last recorded event: high for an execution whose workers die without getting anywhere. */
  readonly claims: number;
  readonly problem: Problem | null;
}

/** The right to write to one execution. The store refuses it once another worker has claimed. */
export interface Lease {
  readonly id: string;
  readonly token: number;
}

/** What `claim` hands out: the lease, and whether the execution was `running` or `blocked` then. */
export interface Claim extends Lease {
  readonly status: ExecutionStatus;
}

export interface ClaimRequest {
  readonly worker: string;
  readonly now: number;
  readonly leaseMs: number;
  readonly limit: number;
  /** Only executions of these workflows are claimed. */
  readonly workflows: readonly string[];
  /** Executions that this worker holds already: never claimed, not even when their lease has run out. */
  readonly held?: readonly string[];
  /** Blocked executions that this worker has tried already. Other blocked ones are claimed, whatever their `wakeAt`. */
  readonly skipBlocked: readonly string[];
}

export interface Commit {
  /** Length of the history that the events stand on: a signal that came in between makes the commit a conflict. */
  readonly expectedLength: number;
  readonly events: readonly HistoryEvent[];
  readonly status: ExecutionStatus;
  readonly problem: Problem | null;
  readonly wakeAt: number | null;
  /** True: give the lease back with this commit. */
  readonly release: boolean;
}

/**
 * Durable histories and leases: what survives a worker. Each method is one atomic step, durable when its promise
 * resolves. `testStore` of `crashwise/engine/conformance` holds an implementation to it. Errors are `CrashwiseError`s.
 */
export interface Store {
  /**
   * Creates an execution, status `running`, `wakeAt` 0, with its first event, unless there is one of that id; returns
   * what is there now and whether it was created by this call.
   */
  create(started: Extract<HistoryEvent, { type: 'started' }>): Promise<{ created: boolean; execution: Execution }>;
  /**
   * Appends a `signaled` event without a lease and makes the execution due at once (`wakeAt` 0). The event's time is
   * raised to that of the last event if it is earlier. Throws `execution-not-found` or `execution-closed`, and
   * `history-limit` if the history is full.
   */
  signal(id: string, event: Extract<HistoryEvent, { type: 'signaled' }>): Promise<void>;
  /**
   * Claims up to `limit` executions that are due (`running`, `wakeAt` not after `now`; or `blocked` and not in
   * `skipBlocked`) and whose lease is free or ran out (`leaseUntil` not after `now`), the longest due first, then by
   * id. Each gets the next token, `leaseUntil = now + leaseMs`, and one more in `claims`.
   */
  claim(request: ClaimRequest): Promise<readonly Claim[]>;
  /** Extends the lease to `until`. Throws `lease-lost` if the token is not the latest or the lease was given back. */
  renew(lease: Lease, until: number): Promise<void>;
  /**
   * Appends events and sets the rest of the row, all or nothing. Returns false, and changes nothing, if the history is
   * not `expectedLength` long. Throws `lease-lost` as `renew` does; a lease that ran out but was not claimed by
   * another still writes. Sets `claims` to 0 if there are events. With no events, `release: true` and the old values,
   * it only gives the lease back.
   */
  commit(lease: Lease, commit: Commit): Promise<boolean>;
  /** The whole history. Throws `execution-not-found`. */
  history(id: string): Promise<History>;
  /** The execution, or undefined. */
  get(id: string): Promise<Execution | undefined>;
  /** All executions (or those of one status), by creation time, then id. */
  list(filter?: { status?: ExecutionStatus }): Promise<readonly Execution[]>;
  /**
   * The earliest time at which `claim` could find something for these workflows: the later of `wakeAt` and `leaseUntil`
   * of each running execution, or undefined. Blocked executions do not count.
   */
  nextDue(workflows: readonly string[]): Promise<number | undefined>;
  close(): Promise<void>;
}
