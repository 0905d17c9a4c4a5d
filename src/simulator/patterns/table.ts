import { toPayload } from '../../engine/index.js';
import { simulatorError } from '../errors.js';
import type { Life } from '../life.js';
import { Deadline, type Resource } from '../state.js';

export type Fields = Readonly<Record<string, string | number | boolean | null>>;
export type Row<F extends Fields = Fields> = F & { readonly id: string; readonly updatedAt: number };
type Tables = Readonly<Record<string, Readonly<Record<string, Row>>>>;

/** A table of a database, as code sees it. Each call is one statement: it happens whole or not at all. */
export interface Table<F extends Fields> {
  findOrCreate(id: string, fields: F): Promise<Row<F>>;
  get(id: string): Promise<Row<F> | undefined>;
  update(id: string, fields: Partial<F>): Promise<void>;
  /** Rows whose `status` is one of these and that were last changed at least so long ago. */
  where(query: { readonly status: readonly string[]; readonly olderThanMs: number }): Promise<readonly Row<F>[]>;
}

/** All tables of a database. Rows grow stale `stuckAfterMs` after their last change: a deadline of the state. */
export class Database implements Resource<Tables> {
  readonly name = 'database';
  part: Tables = {};
  readonly #stuckAfterMs: number;

  constructor(stuckAfterMs: number) {
    this.#stuckAfterMs = stuckAfterMs;
  }

  view(part: Tables): unknown {
    return Object.fromEntries(
      Object.entries(part).map(([name, rows]) => [
        name,
        Object.values(rows).map(({ updatedAt, ...row }) => ({
          ...row,
          stale: new Deadline(updatedAt + this.#stuckAfterMs),
        })),
      ]),
    );
  }

  table<F extends Fields>(name: string, life: Life): Table<F> {
    const rows = (): Readonly<Record<string, Row>> => this.part[name] ?? {};
    const write = (id: string, fields: Fields): void => {
      toPayload(fields, `row ${id}`); // Throws for what a key could not tell apart.
      const row = { ...rows()[id], ...fields, id, updatedAt: life.now } as Row;
      this.part = { ...this.part, [name]: { ...rows(), [id]: row } };
    };
    return {
      findOrCreate: (id, fields) =>
        life.call({ name: `${name}.find-or-create`, kind: 'other', text: `find or create row ${id}` }, () => {
          if (!rows()[id]) write(id, fields);
          life.note(standingOf(id, rows()[id]));
          return rows()[id] as Row<F>;
        }),
      get: (id) =>
        life.call({ name: `${name}.get`, kind: 'other', text: `read row ${id}` }, () => {
          life.note(standingOf(id, rows()[id]));
          return rows()[id] as Row<F> | undefined;
        }),
      update: (id, fields) => {
        const what = Object.entries(fields).map(([field, value]) => `${field} ${JSON.stringify(value)}`);
        const site = `${name}.set:${Object.entries(fields)
          .map(([field, value]) => (field === 'status' ? String(value) : field))
          .join('+')}`;
        return life.call({ name: site, kind: 'record', text: `write ${what.join(', ')} to row ${id}` }, () =>
          write(id, fields as Fields),
        );
      },
      where: ({ status, olderThanMs }) => {
        if (olderThanMs !== this.#stuckAfterMs) {
          const message = `${name}.where() asks for rows of ${olderThanMs} ms; the pattern declares stuckAfterMs ${this.#stuckAfterMs}.`;
          return life.abandon(simulatorError('scenario-invalid', message));
        }
        return life.call({ name: `${name}.where`, kind: 'other', text: '' }, () => {
          const stale = Object.values(rows()).filter((row) => row.updatedAt + olderThanMs <= life.now);
          const found = stale.filter((row) => status.includes(String(row['status'])));
          life.note(
            found.length === 0 ? 'it finds no row' : `it finds ${found.map(({ id }) => `row ${id}`).join(', ')}`,
          );
          return found as Row<F>[];
        });
      },
    };
  }
}

function standingOf(id: string, row: Row | undefined): string {
  if (!row) return `there is no row ${id}`;
  return row['status'] === undefined ? `row ${id} is there` : `row ${id} is "${String(row['status'])}"`;
}
