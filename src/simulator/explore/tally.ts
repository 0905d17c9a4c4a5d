import type { Fault } from '../fault.js';
import type { World } from '../world.js';
import type { Sample } from './campaign.js';
import type { Shortest } from './findings.js';
import type { Played } from './play-out.js';

/** Counts what the lives of a random search come to, those included that shrink a violation. */
export class Tally {
  readonly #world: World;
  readonly #states = new Set<string>();
  readonly #points = new Set<string>();
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

  add({ start, trace: { moments }, findings, cut }: Played): void {
    this.#lives += 1;
    this.#edges += moments.length;
    this.#states.add(this.#world.views.key(start));
    for (const { site, fault } of moments) {
      this.#sites.add(site.name);
      if (fault) this.#faults.add(fault);
    }
    const crash = cut === undefined ? undefined : moments[cut];
    if (crash) this.#points.add(`${crash.site.name}.${crash.phase}`);
    for (const what of findings.happened) this.#happened.add(what);
    for (const name of findings.seen) this.#seen.add(name);
    for (const [effect, shortest] of findings.twice) {
      const before = this.#twice.get(effect);
      if (!before || shortest.crashes + shortest.faults < before.crashes + before.faults) {
        this.#twice.set(effect, shortest);
      }
    }
  }

  seen(): Omit<Sample, 'runs' | 'unjudged' | 'comparesOutcomes' | 'violations' | 'stoppedBy'> {
    return {
      lives: this.#lives,
      edges: this.#edges,
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
