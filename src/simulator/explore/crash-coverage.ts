import type { Site } from '../life.js';
import { PHASES, type Phase } from '../point.js';
import { BitSet } from './bit-set.js';

/** So many, of so many; without `of`, nobody knows of how many. */
interface Covered {
  readonly hit: number;
  readonly of?: number;
}

/** Of the graph of states and crashes, how much was taken. See the schema of results, which says what is what. */
export interface Covering {
  readonly edges: Covered;
  readonly pairs: Covered;
}

/** A durable state between crashes: those that leave it, and those of the lives that begin there. */
class Between {
  readonly into = new BitSet();
  readonly taken = new BitSet();
  readonly left = new BitSet();
  crashesInto = 0;
  isRun = false;
}

/**
 * Which crashes a search has taken, of those that it has seen could be taken. States and points are numbers here, and
 * sets of points are bits, as it hears of every moment of every life.
 */
export class CrashCoverage {
  /** By name; the number of its first phase. */
  readonly #sites = new Map<string, number>();
  #last: { readonly site: Site | undefined; readonly first: number } = { site: undefined, first: 0 };
  readonly #taken = new BitSet();
  readonly #states: Between[] = [];
  /** Crashes that there were, taken or not. */
  crashes = 0;

  /** Lives are run from this state. */
  run(state: number): void {
    this.#at(state).isRun = true;
  }

  /** A life from state `from` may be cut here, which leaves state `to`; undefined: the search does not go on from there. */
  add(from: number, site: Site, phase: Phase, to: number | undefined): void {
    const point = this.#firstOf(site) + PHASES.indexOf(phase);
    this.crashes += 1;
    if (to === undefined) {
      this.#at(from).left.add(point);
      return;
    }
    this.#taken.add(point);
    this.#at(from).taken.add(point);
    const after = this.#at(to);
    after.into.add(point);
    after.crashesInto += 1;
  }

  get sites(): ReadonlySet<string> {
    return new Set(this.#sites.keys());
  }

  /** `site.phase` of every crash that was taken. */
  get points(): ReadonlySet<string> {
    const names = [...this.#sites.keys()].flatMap((site) => PHASES.map((phase) => `${site}.${phase}`));
    return new Set(Array.from(this.#taken, (point) => names[point]!));
  }

  /** How many there are is known only if lives were run from every state that a crash leaves. */
  covering(isClosed: boolean): Covering {
    const edges = this.#states.reduce((sum, { isRun, crashesInto }) => sum + (isRun ? crashesInto : 0), 0);
    const { taken, all } = this.#pairs();
    return isClosed
      ? { edges: { hit: edges, of: this.crashes }, pairs: { hit: taken, of: all } }
      : { edges: { hit: edges }, pairs: { hit: taken } };
  }

  #pairs(): { taken: number; all: number } {
    const hit = new Map<number, BitSet>();
    const all = new Map<number, BitSet>();
    for (const { into, taken, left } of this.#states) {
      for (const first of into) {
        row(hit, first).addAll(taken);
        row(all, first).addAll(taken);
        row(all, first).addAll(left);
      }
    }
    return { taken: sizeOf(hit), all: sizeOf(all) };
  }

  // The moments of one call come one after the other.
  #firstOf(site: Site): number {
    if (site === this.#last.site) return this.#last.first;
    const first = this.#sites.get(site.name) ?? this.#sites.size * PHASES.length;
    this.#sites.set(site.name, first);
    this.#last = { site, first };
    return first;
  }

  #at(state: number): Between {
    return (this.#states[state] ??= new Between());
  }
}

function row(rows: Map<number, BitSet>, first: number): BitSet {
  let found = rows.get(first);
  if (!found) rows.set(first, (found = new BitSet()));
  return found;
}

function sizeOf(rows: ReadonlyMap<number, BitSet>): number {
  return Array.from(rows.values(), ({ size }) => size).reduce((sum, size) => sum + size, 0);
}
