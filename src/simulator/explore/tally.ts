import type { Fault } from '../fault.js';
import { formatSchedule, type LifePlan } from '../schedule.js';
import type { DurableState } from '../state.js';
import type { World } from '../world.js';
import type { Sample } from './campaign.js';
import type { Shortest } from './findings.js';
import { crashesAt, type Played } from './play-out.js';

/** Counts what the lives of a random search come to, those included that shrink a violation. */
export class Tally {
  readonly #world: World;
  /** By key, with a number for each. */
  readonly #states = new Map<string, number>();
  readonly #points = new Set<string>();
  /** Crashes that a life came after, told apart by where the life before began and went. */
  readonly #crashes = new Set<string>();
  readonly #pairs = new Set<string>();
  readonly #sites = new Set<string>();
  readonly #faults = new Set<Fault>();
  readonly #happened = new Set<string>();
  readonly #seen = new Set<string>();
  readonly #twice = new Map<string, Shortest>();
  #lives = 0;
  #edges = 0;

  constructor(world: World) {
    this.#world = world;
  }

  get states(): number {
    return this.#states.size;
  }

  add(played: Played): void {
    const { trace, findings } = played;
    const { moments } = trace;
    this.#lives += 1;
    this.#edges += moments.length;
    this.#cross(played);
    for (const { site, fault } of moments) {
      this.#sites.add(site.name);
      if (fault) this.#faults.add(fault);
    }
    for (const what of findings.happened) this.#happened.add(what);
    for (const name of findings.seen) this.#seen.add(name);
    for (const [effect, shortest] of findings.twice) {
      const before = this.#twice.get(effect);
      if (!before || shortest.crashes + shortest.faults < before.crashes + before.faults) {
        this.#twice.set(effect, shortest);
      }
    }
  }

  #cross(played: Played): void {
    const { before } = played;
    this.#numberOf(played.start);
    const points = crashesAt(played).map(pointOf);
    for (const point of points) this.#points.add(point);
    if (!before) return;
    const from = `${this.#numberOf(before.start)}`;
    for (const crash of crashesAt(before)) {
      this.#crashes.add(formatSchedule({ pattern: from, lives: [crash] }));
      for (const point of points) this.#pairs.add(`${pointOf(crash)} ${point}`);
    }
  }

  #numberOf(state: DurableState): number {
    const key = this.#world.views.key(state);
    const number = this.#states.get(key) ?? this.#states.size;
    this.#states.set(key, number);
    return number;
  }

  seen(): Omit<Sample, 'runs' | 'unjudged' | 'comparesOutcomes' | 'violations' | 'stoppedBy'> {
    return {
      lives: this.#lives,
      edges: this.#edges,
      // How many there are, a search at random does not know.
      covering: { edges: { hit: this.#crashes.size }, pairs: { hit: this.#pairs.size } },
      states: this.#states.size,
      points: this.#points,
      sites: this.#sites,
      faults: this.#faults,
      happened: this.#happened,
      seen: this.#seen,
      twice: this.#twice,
    };
  }
}

function pointOf({ crash }: LifePlan): string {
  return `${crash!.site}.${crash!.phase}`;
}
