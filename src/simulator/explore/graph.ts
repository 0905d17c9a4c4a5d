import { seededRandom } from '../../engine/random.js';
import type { LifePlan } from '../schedule.js';
import type { DurableState } from '../state.js';
import type { Views } from '../views.js';

/** A durable state that some sequence of crashes leads to. */
export interface Node {
  /** From 0, in the order in which their keys were reached. */
  readonly index: number;
  readonly key: string;
  readonly state: DurableState;
  /** The lives that led here, each cut by a crash: as few other faults as there can be, and then as few lives. */
  readonly lives: readonly LifePlan[];
}

/** Two states that the key takes for one: what the check of the projections runs. */
export interface MergedPair {
  readonly kept: DurableState;
  readonly merged: DurableState;
}

const MAX_PAIRS = 10_000;

/**
 * The durable states that were reached, and those among them that are still to be run. They come in the order of the
 * faults that it took to get there, then of the crashes: so the first way to a state is a shortest one. A state that was
 * reached with fewer faults has all the futures that it has with more.
 */
export class Graph {
  /** Pairs of unlike states that the key takes for one: how many there were, and at most 10,000 of them. */
  readonly merged: MergedPair[] = [];
  pairs = 0;
  depth = 0;
  readonly #views: Views;
  readonly #known = new Map<string, { node: Node; texts: Set<string> }>();
  /** By number of faults, then of crashes. */
  readonly #open: Node[][][] = [];
  readonly #draw = seededRandom('merged pairs');
  #waiting = 0;

  constructor(views: Views) {
    this.#views = views;
  }

  get size(): number {
    return this.#known.size;
  }

  /** States that were reached and not run yet. */
  get frontier(): number {
    return this.#waiting;
  }

  get nodes(): readonly Node[] {
    return Array.from(this.#known.values(), ({ node }) => node);
  }

  /** Its index. */
  reach(state: DurableState, path: () => readonly LifePlan[]): number {
    const key = this.#views.key(state);
    const before = this.#known.get(key);
    const text = this.#views.whole(state);
    if (!before || state.spent < before.node.state.spent) {
      const node = { index: before?.node.index ?? this.size, key, state, lives: path() };
      this.#known.set(key, { node, texts: new Set([text]) });
      ((this.#open[state.spent] ??= [])[node.lives.length] ??= []).push(node);
      this.depth = Math.max(this.depth, node.lives.length);
      if (!before) this.#waiting += 1;
      return node.index;
    }
    if (state.spent === before.node.state.spent && !before.texts.has(text)) {
      before.texts.add(text);
      this.pairs += 1;
      // Past the limit, every pair has the same chance to be among those that are run.
      const slot = this.merged.length < MAX_PAIRS ? this.merged.length : Math.floor(this.#draw() * this.pairs);
      if (slot < MAX_PAIRS) this.merged[slot] = { kept: before.node.state, merged: state };
    }
    return before.node.index;
  }

  /** The next state to run, or undefined: then the graph is closed. */
  next(): Node | undefined {
    for (const byCrashes of this.#open) {
      for (const nodes of byCrashes ?? []) {
        for (let node = nodes?.shift(); node; node = nodes.shift()) {
          if (this.#known.get(node.key)!.node !== node) continue; // Reached again since, with fewer faults.
          this.#waiting -= 1;
          return node;
        }
      }
    }
    return undefined;
  }
}
