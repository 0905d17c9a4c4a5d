import { engineError } from '../errors.js';
import type { History, HistoryEvent } from '../history.js';
import type { Database, Statement } from './driver.js';
import { byDue, claimedRow, committedRow, heldRow, claimOf, notFound, signaledRow, startedRow } from './row.js';
import type { Signaled, Started } from './row.js';
import { closeFile, coded, openFile, transaction } from './sqlite-file.js';
import type { Claim, ClaimRequest, Commit, Execution, ExecutionStatus, Lease, Store } from './store.js';

const FIELDS = 'id, workflow, status, length, createdAt, wakeAt, leaseToken, leaseOwner, leaseUntil, claims, problem';
const SERVED = 'workflow IN (SELECT value FROM json_each(:workflows))';
const FREE = 'id NOT IN (SELECT value FROM json_each(:held))';
const SQL = {
  row: `SELECT ${FIELDS} FROM executions WHERE id = ?`,
  put: `INSERT INTO executions (${FIELDS}) VALUES (${FIELDS.replace(/\w+/g, ':$&')}) ON CONFLICT (id)
    DO UPDATE SET ${FIELDS.replace('id, workflow, ', '').replace(/\w+/g, '$& = excluded.$&')}`,
  append: 'INSERT INTO events (id, n, event) VALUES (?, ?, ?)',
  lastAt: "SELECT event ->> '$.at' AS at FROM events WHERE id = ? ORDER BY n DESC LIMIT 1",
  events: 'SELECT n, event FROM events WHERE id = ? ORDER BY n',
  list: `SELECT ${FIELDS} FROM executions WHERE status = coalesce(?, status) ORDER BY createdAt, id`,
  running: `SELECT ${FIELDS} FROM executions WHERE status = 'running' AND dueAt <= :now AND ${SERVED} AND ${FREE}
    ORDER BY dueAt, id LIMIT :limit`,
  blocked: `SELECT ${FIELDS} FROM executions WHERE status = 'blocked' AND coalesce(leaseUntil, :now) <= :now AND ${SERVED} AND ${FREE}
    AND id NOT IN (SELECT value FROM json_each(:skip)) ORDER BY dueAt IS NULL, dueAt, id LIMIT :limit`,
  nextDue: `SELECT dueAt FROM executions WHERE status = 'running' AND dueAt IS NOT NULL AND ${SERVED}
    ORDER BY dueAt LIMIT 1`,
} as const;

/**
 * A store in one SQLite file, which any number of processes of one machine share. A write is on the disk when its
 * promise resolves. Methods throw, beside what `Store` says, `store-busy` (another process held the file for 5 s),
 * `store-full`, `store-damaged` and `store-unusable`, with the driver's error as `cause`; nothing was written then.
 */
export class SqliteStore implements Store {
  private readonly file: string;
  private readonly db: Database;
  private readonly sql: Readonly<Record<keyof typeof SQL, Statement>>;
  private closed = false;

  private constructor(file: string, db: Database) {
    this.file = file;
    this.db = db;
    const prepared = Object.entries(SQL).map(([name, sql]) => [name, db.prepare(sql)] as const);
    this.sql = Object.fromEntries(prepared) as Record<keyof typeof SQL, Statement>;
  }

  /**
   * Opens the file, or creates it where there is none. Throws `sqlite-too-old`, `store-foreign`, `store-newer`,
   * `store-damaged`, `store-unusable`, `store-busy` or `store-full`; the file and its log are then as they were.
   */
  static async open(path: string): Promise<SqliteStore> {
    const { file, db } = await openFile(path);
    try {
      return new SqliteStore(file, db);
    } catch (error) {
      db.close();
      throw coded(file, error);
    }
  }

  async create(started: Started): Promise<{ created: boolean; execution: Execution }> {
    return this.write(() => {
      const known = this.row(started.id);
      if (known !== undefined) return { created: false, execution: known };
      return { created: true, execution: this.save(startedRow(started), [started]) };
    });
  }

  async signal(id: string, event: Signaled): Promise<void> {
    this.write(() => {
      const row = signaledRow(id, this.row(id));
      const last = this.sql.lastAt.get(id) as { at: number };
      this.save(row, [{ ...event, at: Math.max(event.at, last.at) }]);
    });
  }

  async claim(request: ClaimRequest): Promise<readonly Claim[]> {
    // Looked up first without the write lock: a worker that finds nothing keeps nobody waiting.
    if (this.read(() => this.due(request)).length === 0) return [];
    return this.write(() => this.due(request).map((row) => claimOf(this.save(claimedRow(row, request)))));
  }

  async renew(lease: Lease, until: number): Promise<void> {
    this.write(() => this.save({ ...heldRow(lease, this.row(lease.id)), leaseUntil: until }));
  }

  async commit(lease: Lease, commit: Commit): Promise<boolean> {
    return this.write(() => {
      const row = heldRow(lease, this.row(lease.id));
      if (row.length !== commit.expectedLength) return false;
      this.save(committedRow(row, commit), commit.events);
      return true;
    });
  }

  async history(id: string): Promise<History> {
    return this.read(() => {
      if (this.row(id) === undefined) throw notFound(id);
      const rows = this.sql.events.all(id) as { n: number; event: string }[];
      if (rows.at(-1)?.n === rows.length - 1) return rows.map(({ event }) => JSON.parse(event) as HistoryEvent);
      throw engineError('store-damaged', `The history of ${JSON.stringify(id)} in ${this.file} has gaps.`);
    });
  }

  async get(id: string): Promise<Execution | undefined> {
    return this.read(() => this.row(id));
  }

  async list({ status }: { status?: ExecutionStatus } = {}): Promise<readonly Execution[]> {
    return this.read(() => this.sql.list.all(status ?? null).map(toExecution));
  }

  async nextDue(workflows: readonly string[]): Promise<number | undefined> {
    const row = this.read(() => this.sql.nextDue.get({ workflows: JSON.stringify(workflows) }));
    return (row as { dueAt: number } | undefined)?.dueAt;
  }

  async close(): Promise<void> {
    if (!this.closed) this.read(() => closeFile(this.db));
    this.closed = true;
  }

  private row(id: string): Execution | undefined {
    const row = this.sql.row.get(id) as { id: string } | undefined;
    // For an id that a database cannot keep, it finds another one.
    return row?.id === id ? toExecution(row) : undefined;
  }

  private save(row: Execution, events: History = []): Execution {
    this.sql.put.run({ ...row, problem: row.problem && JSON.stringify(row.problem) });
    const first = row.length - events.length;
    events.forEach((event, index) => this.sql.append.run(row.id, first + index, JSON.stringify(event)));
    return row;
  }

  private due(request: ClaimRequest): Execution[] {
    const limit = Math.min(request.limit, Number.MAX_SAFE_INTEGER);
    const [workflows, held] = [JSON.stringify(request.workflows), JSON.stringify(request.held ?? [])];
    const given = { now: request.now, workflows, held, limit };
    const running = this.sql.running.all(given);
    const blocked = this.sql.blocked.all({ ...given, skip: JSON.stringify(request.skipBlocked) });
    return [...running, ...blocked].map(toExecution).sort(byDue).slice(0, limit);
  }

  private read<T>(body: () => T): T {
    try {
      return body();
    } catch (error) {
      throw coded(this.file, error);
    }
  }

  // Takes the write lock before it reads, so that what it has read still holds when it writes.
  private write<T>(body: () => T): T {
    return this.read(() => transaction(this.db, 'IMMEDIATE', body));
  }
}

function toExecution(row: unknown): Execution {
  const { problem, ...rest } = row as Omit<Execution, 'problem'> & { problem: string | null };
  return { ...rest, problem: problem === null ? null : (JSON.parse(problem) as Execution['problem']) };
}
