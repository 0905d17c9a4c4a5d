import { COUNTERS, type Instrument } from '../../loader/instrument.js';
import type { Branch } from './branch.js';
import { countBranches } from './count-branches.js';
import { referencesIn, type Reference, type Unit } from './references.js';
import { syntaxOf } from './syntax.js';

interface Place {
  readonly file: string;
  readonly line: number;
}

/** Branches that a workflow can go through, and those that it went through in a recorded run. */
export interface Covered {
  readonly hit: number;
  readonly of: number;
  /** Where the others begin. */
  readonly uncovered: readonly Place[];
}

interface File {
  readonly path: string;
  readonly branches: readonly Branch[];
  readonly units: readonly Unit[];
  readonly references: readonly Reference[];
}

interface Range {
  readonly file: File;
  readonly start: number;
  readonly end: number;
}

/**
 * Counts branches of the user's own files by counters in their code: of each recorded run it is known which branches it
 * went through, whatever else runs in the process.
 *
 * @example
 * const coverage = new Coverage();
 * const program = await Program.of(file, [], coverage.instrument);
 * // ... coverage.during(() => run the workflow) ...
 * coverage.of(workflow.run); // { hit: 3, of: 17, uncovered: [...] }
 */
export class Coverage {
  /** 1 where code has passed since it was set to 0. */
  readonly #counters: number[] = [];
  readonly #imported = new Set<number>();
  readonly #hit = new Set<number>();
  readonly #files: File[] = [];
  readonly #unread = new Set<string>();

  /** The user's own files. */
  get files(): readonly string[] {
    return [...new Set([...this.#files.map(({ path }) => path), ...this.#unread])];
  }

  /** Files whose branches are not counted, as they could not be parsed. */
  get unread(): readonly string[] {
    return [...this.#unread];
  }

  readonly instrument: Instrument = ({ file: path, code, source }) => {
    try {
      const tree = syntaxOf(code);
      const { branches, code: counted } = countBranches(tree, code, this.#counters.length);
      this.#counters.push(...branches.map(() => 0));
      this.#files.push({ path, branches, ...referencesIn(tree) });
      this.#unread.delete(path);
      return { code: counted, counters: this.#counters };
    } catch {
      if (source !== code) this.#unread.add(path); // What is no CommonJS as it stands comes again, compiled.
      return undefined;
    }
  };

  /** What was passed so far, when the modules were evaluated, was passed by each run. */
  imported(): void {
    for (const id of this.#passed()) this.#imported.add(id);
  }

  /** Begins anew, with another workflow. */
  clear(): void {
    this.#hit.clear();
  }

  /** Runs a recorded run. Resolves to its value, and to the branches that no run before it has passed. */
  async during<T>(body: () => Promise<T>): Promise<{ readonly value: T; readonly newly: readonly number[] }> {
    this.#counters.fill(0);
    const value = await body();
    const newly = this.#passed().filter((id) => !this.#hit.has(id));
    for (const id of newly) this.#hit.add(id);
    return { value, newly };
  }

  /** Runs what is not of the workflow, as what it is fed with, in the middle of a run. */
  aside<T>(body: () => T): T {
    const before = [...this.#counters];
    try {
      return body();
    } finally {
      before.forEach((count, id) => (this.#counters[id] = count));
    }
  }

  /** The branches of a workflow: of its function, and of all that it names or was seen to call. */
  of(run: (...args: never[]) => unknown): Covered {
    const branches = [...this.#branchesOf(run)];
    const missing = branches.filter(([{ id }]) => !this.#hit.has(id) && !this.#imported.has(id));
    const places = new Map(missing.map(([{ line }, { path }]) => [`${path}:${line}`, { file: path, line }]));
    return {
      hit: branches.length - missing.length,
      of: branches.length,
      uncovered: [...places.values()].sort(inOrder),
    };
  }

  #passed(): readonly number[] {
    return this.#counters.flatMap((count, id) => (count === 0 ? [] : [id]));
  }

  #branchesOf(run: (...args: never[]) => unknown): ReadonlyMap<Branch, File> {
    const found = new Map<Branch, File>();
    const seen = new Set<Branch | Unit>();
    const reach = ({ file, start, end }: Range): void => {
      for (const branch of file.branches) if (branch.start >= start && branch.end <= end) found.set(branch, file);
      for (const { name, isImported, at } of file.references) {
        if (at < start || at >= end) continue;
        for (const other of isImported ? this.#files : [file]) {
          if (isImported && other === file) continue;
          for (const unit of other.units) {
            if (seen.has(unit) || !unit.names.includes(name)) continue;
            seen.add(unit);
            reach({ file: other, start: unit.start, end: unit.end });
          }
        }
      }
    };
    const root = rootOf(run);
    for (const file of this.#files) {
      for (const branch of file.branches) {
        if (branch.kind === 'function' && (branch.id === root || this.#hit.has(branch.id))) reach({ file, ...branch });
      }
    }
    return found;
  }
}

function inOrder(a: Place, b: Place): number {
  return a.file < b.file ? -1 : a.file > b.file ? 1 : a.line - b.line;
}

/** The function itself: its counter is the lowest in its text. */
function rootOf(run: (...args: never[]) => unknown): number | undefined {
  const ids = Array.from(Function.prototype.toString.call(run).matchAll(COUNTER), ([, id]) => Number(id));
  return ids.length === 0 ? undefined : Math.min(...ids);
}

const COUNTER = new RegExp(`${COUNTERS}\\[(\\d+)\\]=1`, 'g');
