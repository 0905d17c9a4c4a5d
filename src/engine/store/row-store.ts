import type { History } from '../history.js';
import { claimedRow, committedRow, foundRow, heldRow, signaledRow, startedRow } from './row.js';
import type { Signaled, Started } from './row.js';
import type { Claim, ClaimRequest, Commit, Execution, Lease } from './store.js';

/** The steps of the contract, over a place that keeps rows and events: stores differ only in the place. */
export abstract class RowStore {
  /** Runs a step of `write` whole or not at all, and such that no other writer comes in between. */
  protected abstract step<T>(kind: 'read' | 'write', body: () => T): T;
  /** The row as an object of its own, which the caller may change. */
  protected abstract row(id: string): Execution | undefined;
  /** The events from number `from` to before number `to`. */
  protected abstract events(id: string, from: number, to: number): History;
  /** The ids of what can be claimed, in the order of claims, up to the limit. */
  protected abstract due(request: ClaimRequest): readonly string[];
  /** Writes the row, and its last events. */
  protected abstract save(row: Execution, events?: History): void;

  async create(started: Started): Promise<{ created: boolean; execution: Execution }> {
    return this.step('write', () => {
      const known = this.row(started.id);
      const execution = known ?? startedRow(started);
      if (known === undefined) this.save(execution, [started]);
      return { created: known === undefined, execution };
    });
  }

  async signal(id: string, event: Signaled): Promise<void> {
    this.step('write', () => {
      const row = foundRow(id, this.row(id));
      const [last] = this.events(id, row.length - 1, row.length);
      this.save(signaledRow(row), [{ ...event, at: Math.max(event.at, last!.at) }]);
    });
  }

  async claim(request: ClaimRequest): Promise<readonly Claim[]> {
    // Looked up first as a reader: a worker that finds nothing keeps nobody waiting.
    if (this.step('read', () => this.due(request)).length === 0) return [];
    return this.step('write', () =>
      this.due(request).map((id) => {
        const row = claimedRow(foundRow(id, this.row(id)), request);
        this.save(row);
        return { id, token: row.leaseToken, status: row.status };
      }),
    );
  }

  async renew(lease: Lease, until: number): Promise<void> {
    this.step('write', () => this.save({ ...heldRow(lease, this.row(lease.id)), leaseUntil: until }));
  }

  async commit(lease: Lease, commit: Commit): Promise<boolean> {
    return this.step('write', () => {
      const row = heldRow(lease, this.row(lease.id));
      if (row.length !== commit.expectedLength) return false;
      this.save(committedRow(row, commit), commit.events);
      return true;
    });
  }

  async history(id: string): Promise<History> {
    return this.step('read', () => this.events(id, 0, foundRow(id, this.row(id)).length));
  }

  async get(id: string): Promise<Execution | undefined> {
    return this.step('read', () => this.row(id));
  }
}
