import type { Growing } from './state.js';

/**
 * What is known of the beginnings of lists that only grow: at index n, of the first n + 1 items. Lists that grew from one
 * another share it up to where they part.
 */
export class PrefixMemo<T> {
  readonly #known = new WeakMap<object, (T | undefined)[]>();

  of({ items, forked }: Growing): (T | undefined)[] {
    let known = this.#known.get(items);
    if (!known) {
      known = forked ? (this.#known.get(forked.from)?.slice(0, forked.at) ?? []) : [];
      this.#known.set(items, known);
    }
    return known;
  }
}
