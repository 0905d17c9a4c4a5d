import type { DurableState, Resource } from './state.js';

/** The resources of one life, set to what the last one left, and the source of fresh ids. */
export class Surroundings {
  readonly #resources: readonly Resource[];
  /** Their parts in `#last`, in the same order: this is looked at with every moment. */
  readonly #held: unknown[];
  #fresh: number;
  #last: DurableState;

  constructor(resources: readonly Resource[], state: DurableState) {
    this.#resources = resources;
    this.#fresh = state.fresh;
    this.#last = state;
    for (const resource of resources) resource.part = state.parts[resource.name];
    this.#held = resources.map(({ part }) => part);
  }

  /** The state now; the same object, and the same `parts`, for as long as nothing has changed. */
  snapshot(now: number, spent: number): DurableState {
    const last = this.#last;
    let changed = false;
    for (let index = 0; index < this.#held.length; index += 1) {
      const { part } = this.#resources[index]!;
      if (part === this.#held[index]) continue;
      this.#held[index] = part;
      changed = true;
    }
    if (!changed && last.now === now && last.fresh === this.#fresh && last.spent === spent) return last;
    const parts = changed ? this.#parts() : last.parts;
    this.#last = { parts, now, fresh: this.#fresh, spent, memo: undefined, before: last };
    return this.#last;
  }

  #parts(): DurableState['parts'] {
    const parts: Record<string, unknown> = {};
    for (const { name, part } of this.#resources) parts[name] = part;
    return parts;
  }

  freshId(): string {
    this.#fresh += 1;
    return `uuid-${this.#fresh}`;
  }
}
