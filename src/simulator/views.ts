import { Canon, deadlinesAhead, distancesOf, exactOf, keyOf, type Fragment } from './canonical.js';
import type { DurableState, Resource } from './state.js';

/**
 * What the explorer sees of durable states: keys, deadlines, and the text that the check of the projections compares.
 * Parts never change in place, so the form of each is made once and kept for as long as the part is.
 */
export class Views {
  readonly #canon = new Canon();
  readonly #resources: readonly Resource[];
  readonly #kept: readonly WeakMap<object, Fragment>[];
  readonly #dropped: readonly WeakMap<object, Fragment>[];
  readonly #keys = new WeakMap<DurableState, string>();

  readonly #reachMs: number;

  /** `reachMs`: how far ahead a deadline may lie that a dead worker can miss. Default: any. */
  constructor(resources: readonly Resource[], reachMs = Infinity) {
    this.#resources = resources;
    this.#reachMs = reachMs;
    this.#kept = resources.map(() => new WeakMap());
    this.#dropped = resources.map(() => new WeakMap());
  }

  key(state: DurableState): string {
    let key = this.#keys.get(state);
    if (key === undefined) this.#keys.set(state, (key = keyOf(this.#fragments(state), state.now, this.#reachMs)));
    return key;
  }

  /** The state with nothing projected away but what time it is, and which fresh ids it holds. */
  whole(state: DurableState): string {
    return distancesOf(this.#all(state), state.now);
  }

  /** All that the state holds but for the time, as it is. */
  contents(state: DurableState): string {
    return exactOf(this.#all(state));
  }

  /** The state with nothing left out at all. */
  exact(state: DurableState): string {
    return `${state.now} ${state.fresh} ${state.spent} ${exactOf(this.#all(state))}`;
  }

  /** The deadlines of the state after its now, in their order. */
  deadlines(state: DurableState): readonly number[] {
    return deadlinesAhead(this.#fragments(state), state.now);
  }

  #all(state: DurableState): Fragment[] {
    const dropped = this.#resources.map((resource, i) =>
      this.#cached(this.#dropped[i]!, state.parts[resource.name], (part) => resource.dropped?.(part) ?? null),
    );
    return [...this.#fragments(state), ...dropped];
  }

  #fragments(state: DurableState): Fragment[] {
    return this.#resources.map((resource, i) =>
      this.#cached(this.#kept[i]!, state.parts[resource.name], (part) => resource.view(part)),
    );
  }

  #cached(cache: WeakMap<object, Fragment>, part: unknown, view: (part: unknown) => unknown): Fragment {
    if (typeof part !== 'object' || part === null) return this.#canon.fragment(view(part));
    let fragment = cache.get(part);
    if (!fragment) cache.set(part, (fragment = this.#canon.fragment(view(part))));
    return fragment;
  }
}
