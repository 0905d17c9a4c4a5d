import { engineError } from '../errors.js';
import { MAX_HISTORY_EVENTS } from '../history.js';
import type { HistoryEvent } from '../history.js';
import type { Claim, ClaimRequest, Commit, Execution, Lease } from './store.js';

export type Started = Extract<HistoryEvent, { type: 'started' }>;
export type Signaled = Extract<HistoryEvent, { type: 'signaled' }>;

// What each method of the contract makes of one execution, as pure functions: the stores share them, so that they can
// differ only in how they keep the result.

/** Throws `invalid-argument` for texts that SQLite drivers mix up. */
export function startedRow({ id, workflow, at }: Started): Execution {
  if (/[\0\p{Surrogate}]/u.test(`${id} ${workflow}`)) {
    const names = JSON.stringify([id, workflow]);
    throw engineError('invalid-argument', `An id or workflow must not hold a NUL or half a surrogate pair: ${names}.`);
  }
  const free = { leaseToken: 0, leaseOwner: null, leaseUntil: null, claims: 0, problem: null };
  return { id, workflow, status: 'running', length: 1, createdAt: at, wakeAt: 0, ...free };
}

/** Throws `execution-not-found`, `execution-closed` or `history-limit`. */
export function signaledRow(id: string, row: Execution | undefined): Execution {
  if (row === undefined) throw notFound(id);
  if (row.status === 'completed' || row.status === 'failed') {
    throw engineError('execution-closed', `The execution ${JSON.stringify(id)} has ended: it is ${row.status}.`);
  }
  if (row.length >= MAX_HISTORY_EVENTS) {
    throw engineError('history-limit', `The history of ${JSON.stringify(id)} holds ${row.length} events already.`);
  }
  return { ...row, length: row.length + 1, wakeAt: 0 };
}

export function claimedRow(row: Execution, { worker, now, leaseMs }: ClaimRequest): Execution {
  const claims = row.claims + 1;
  return { ...row, leaseToken: row.leaseToken + 1, leaseOwner: worker, leaseUntil: now + leaseMs, claims };
}

export function claimOf({ id, leaseToken, status }: Execution): Claim {
  return { id, token: leaseToken, status };
}

/** The row, if the lease may still write to it; else throws `lease-lost`. */
export function heldRow(lease: Lease, row: Execution | undefined): Execution {
  if (row !== undefined && row.leaseToken === lease.token && row.leaseOwner !== null) return row;
  throw engineError('lease-lost', `The lease ${lease.token} on the execution ${JSON.stringify(lease.id)} is gone.`);
}

export function committedRow(row: Execution, { events, status, problem, wakeAt, release }: Commit): Execution {
  const claims = events.length > 0 ? 0 : row.claims;
  const lease = release ? { leaseOwner: null, leaseUntil: null } : {};
  return { ...row, length: row.length + events.length, status, problem, wakeAt, claims, ...lease };
}

/**
 * Since when it could be claimed, which is also the order of claims. A lease counts: an execution whose workers die
 * goes behind those that waited meanwhile, and does not starve them. Infinity: only a change makes it due.
 */
export function dueAt({ wakeAt, leaseUntil }: Execution): number {
  return wakeAt === null ? Infinity : Math.max(wakeAt, leaseUntil ?? 0);
}

export function byDue(a: Execution, b: Execution): number {
  // Infinity minus itself is NaN, which counts as equal.
  return dueAt(a) - dueAt(b) || byId(a, b);
}

export function byCreation(a: Execution, b: Execution): number {
  return a.createdAt - b.createdAt || byId(a, b);
}

// By the bytes of UTF-8, as SQLite sorts: the `<` of JavaScript puts some pairs the other way round.
function byId(a: Execution, b: Execution): number {
  return Buffer.compare(Buffer.from(a.id), Buffer.from(b.id));
}

export function notFound(id: string): Error {
  return engineError('execution-not-found', `There is no execution ${JSON.stringify(id)}.`);
}
