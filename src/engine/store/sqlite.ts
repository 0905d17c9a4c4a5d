import { engineError } from '../errors.js';
import type { History, HistoryEvent } from '../history.js';
import type { Database, Statement } from './driver.js';
import { RowStore } from './row-store.js';
import { closeFile, coded, FIELDS, openFile, transaction } from './sqlite-file.js';
import type { ClaimRequest, Execution, ExecutionStatus, Store } from './store.js';

// The request of a claim is one parameter, a JSON text.
const NOW = ":request ->> '$.now'";
const LISTED = (list: string): string => `(SELECT value FROM json_each(:request, '$.${list}'))`;
const WANTED = `workflow IN ${LISTED('workflows')} AND id NOT IN ${LISTED('held')}`;
const SQL = {
  row: `SELECT ${FIELDS} FROM executions WHERE id = ?`,
  put: `INSERT INTO executions (${FIELDS}) VALUES (${FIELDS.replace(/\w+/g, ':$&')}) ON CONFLICT (id)
    DO UPDATE SET ${FIELDS.replace('id, workflow, ', '').replace(/\w+/g, '$& = excluded.$&')}`,
  append: 'INSERT INTO events (id, n, event) VALUES (?, ?, ?)',
  events: 'SELECT event FROM events WHERE id = :id AND n >= :from AND n < :to ORDER BY n',
  list: `SELECT ${FIELDS} FROM executions WHERE status = coalesce(?, status) ORDER BY createdAt, id`,
  // Two halves, as each has an index of its own; that of the running ones, who can be many, is in this order already.
  due: `SELECT id, dueAt FROM executions WHERE status = 'running' AND dueAt <= ${NOW} AND ${WANTED}
    UNION ALL SELECT id, dueAt FROM executions WHERE status = 'blocked' AND coalesce(leaseUntil, 0) <= ${NOW}
    AND ${WANTED} AND id NOT IN ${LISTED('skipBlocked')}
    ORDER BY dueAt NULLS LAST, id LIMIT coalesce(:request ->> '$.limit', -1)`,
  nextDue: `SELECT dueAt FROM executions WHERE status = 'running' AND dueAt IS NOT NULL AND ${WANTED}
    ORDER BY dueAt LIMIT 1`,
} as const;

/**
 * A store in one SQLite file, which any number of processes of one machine share. A write is on the disk when its
 * promise resolves. Methods throw, beside what `Store` says, `store-busy` (another process held the file for 5 s),
 * `store-full`, `store-damaged` and `store-unusable`, with the driver's error as `cause`; nothing was written then.
 */
export class SqliteStore extends RowStore implements Store {
  private readonly file: string;
  private readonly db: Database;
  private readonly sql: Readonly<Record<keyof typeof SQL, Statement>>;

  private constructor(file: string, db: Database) {
    super();
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
    return openFile(path, (file, db) => new SqliteStore(file, db));
  }

  async list({ status }: { status?: ExecutionStatus } = {}): Promise<readonly Execution[]> {
    return this.step('read', () => this.sql.list.all(status ?? null).map(toExecution));
  }

  async nextDue(workflows: readonly string[]): Promise<number | undefined> {
    const row = this.step('read', () => this.sql.nextDue.get({ request: JSON.stringify({ workflows }) }));
    return (row as { dueAt: number } | undefined)?.dueAt;
  }

  async close(): Promise<void> {
    if (this.db.isOpen) this.step('read', () => closeFile(this.db));
  }

  protected override step<T>(kind: 'read' | 'write', body: () => T): T {
    try {
      return kind === 'read' ? body() : transaction(this.db, body);
    } catch (error) {
      throw coded(this.file, error);
    }
  }

  protected override row(id: string): Execution | undefined {
    const row = this.sql.row.get(id) as { id: string } | undefined;
    // For an id that a database cannot keep, it finds another one.
    return row?.id === id ? toExecution(row) : undefined;
  }

  protected override events(id: string, from: number, to: number): History {
    const events = this.sql.events.all({ id, from, to }) as { event: string }[];
    if (events.length === to - from) return events.map(({ event }) => JSON.parse(event) as HistoryEvent);
    throw engineError(
      'store-damaged',
      `The history of ${JSON.stringify(id)} in ${this.file} has gaps, or lacks its end.`,
    );
  }

  protected override due(request: ClaimRequest): readonly string[] {
    const rows = this.sql.due.all({ request: JSON.stringify(request) }) as { id: string }[];
    return rows.map(({ id }) => id);
  }

  protected override save(row: Execution, events: History = []): void {
    this.sql.put.run({ ...row, problem: row.problem && JSON.stringify(row.problem) });
    const first = row.length - events.length;
    events.forEach((event, index) => this.sql.append.run(row.id, first + index, JSON.stringify(event)));
  }
}

function toExecution(row: unknown): Execution {
  const { problem, ...rest } = row as Omit<Execution, 'problem'> & { problem: string | null };
  return { ...rest, problem: problem === null ? null : (JSON.parse(problem) as Execution['problem']) };
}
