import { engineError } from '../errors.js';
import { MAX_HISTORY_EVENTS } from '../history.js';
import type { HistoryEvent } from '../history.js';
import type { ClaimRequest, Commit, Execution, Lease } from './store.js';

export type Started = Extract<HistoryEvent, { type: 'started' }>;
export type Signaled = Extract<HistoryEvent, { type: 'signaled' }>;

// What each method of the contract makes of one execution, as pure functions.

/** Throws `invalid-argument` for texts that SQLite drivers mix up. */
export function startedRow({ id, workflow, at }: Started): Execution {
  if (/[\0\p{Surrogate}]/u.test(`${id} ${workflow}`)) {
    const names = JSON.stringify([id, workflow]);
    throw engineError('invalid-argument', `An id or workflow must not hold a NUL or half a surrogate pair: ${names}.`);
  }
  const free = { leaseToken: 0, leaseOwner: null, leaseUntil: null, claims: 0, problem: null };
  return { id, workflow, status: 'running', length: 1, createdAt: at, wakeAt: 0, ...free };
}

/** The row, if there is one; else throws `execution-not-found`. */
export function foundRow(id: string, row: Execution | undefined): Execution {
  if (row !== undefined) return row;
  throw engineError('execution-not-found', `There is no execution ${JSON.stringify(id)}.`);
}

/** Throws `execution-closed` or `history-limit`. */
export function signaledRow(row: Execution): Execution {
  const { id, status, length } = row;
  if (status === 'completed' || status === 'failed') {
    throw engineError('execution-closed', `The execution ${JSON.stringify(id)} has ended: it is ${status}.`);
  }
  if (length >= MAX_HISTORY_EVENTS) {
    throw engineError('history-limit', `The history of ${JSON.stringify(id)} holds ${length} events already.`);
  }
  return { ...row, length: row.length + 1, wakeAt: 0 };
}

export function claimedRow(row: Execution, { worker, now, leaseMs }: ClaimRequest): Execution {
  const claims = row.claims + 1;
  return { ...row, leaseToken: row.leaseToken + 1, leaseOwner: worker, leaseUntil: now + leaseMs, claims };
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
