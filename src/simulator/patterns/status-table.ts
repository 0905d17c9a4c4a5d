import type { Life } from '../life.js';
import type { Resource } from '../state.js';

type Statuses = Readonly<Record<string, string>>;

/** The one column. */
export interface StatusColumn {
  /** Undefined if there is no row of that id. */
  get(id: string): Promise<string | undefined>;
  /**
   * Compare-and-set, as in `UPDATE ... SET status = to WHERE id = ... AND status = from`: true if it was `from` and is
   * `to` now. False if somebody else was faster, or if there is no such row: then nothing has changed.
   */
  set(id: string, from: string, to: string): Promise<boolean>;
}

/** A table with one row for each run, and nothing in it but how far the run has got. */
export class StatusTable implements Resource<Statuses> {
  readonly name = 'status';
  part: Statuses;

  constructor(ids: readonly string[], initial: string) {
    this.part = Object.fromEntries(ids.map((id) => [id, initial]));
  }

  view(part: Statuses): unknown {
    return part;
  }

  column(life: Life): StatusColumn {
    const standing = (id: string): string =>
      this.part[id] === undefined ? `there is no row ${id}` : `row ${id} is "${this.part[id]}"`;
    return {
      get: (id) =>
        life.call({ name: 'status.get', kind: 'other', text: `read the status of row ${id}` }, () => {
          life.note(standing(id));
          return this.part[id];
        }),
      set: (id, from, to) =>
        life.call({ name: `status.set:${to}`, kind: 'record', text: `set row ${id} from "${from}" to "${to}"` }, () => {
          if (this.part[id] !== from) {
            life.note(`${standing(id)}: nothing is set`);
            return false;
          }
          this.part = { ...this.part, [id]: to };
          return true;
        }),
    };
  }
}
