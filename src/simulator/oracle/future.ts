import type { DurableState } from '../state.js';
import { hasEnded, type Trace } from '../trace.js';
import type { World } from '../world.js';
import { brokenEffects, missedBy } from './breach.js';

/**
 * All that can follow from a state in one life: how many faults were spent and the key, for each state that a crash leaves,
 * and what is broken at rest.
 */
export class Future {
  readonly #world: World;
  readonly #seen = new Set<string>();

  constructor(world: World) {
    this.#world = world;
  }

  add(trace: Trace): void {
    const { moments, rest } = trace;
    let last: DurableState | undefined;
    for (const { state } of moments) {
      if (state === last) continue;
      last = state;
      this.#seen.add(`${state.spent} ${this.#world.views.key(state)}`);
    }
    if (!hasEnded(trace)) return; // It goes on as another run, which has been added.
    for (const breach of [...brokenEffects(this.#world, rest), ...missedBy(this.#world, trace)]) {
      this.#seen.add(`breaks ${breach.property}`);
    }
  }

  text(): string {
    return [...this.#seen].sort().join('\n');
  }

  /** Undefined if the search is stopped before all lives were run, or if one of them never rests. */
  static async of(world: World, state: DurableState, stopped: () => unknown): Promise<string | undefined> {
    const future = new Future(world);
    for await (const trace of world.lives(state)) {
      if ((!hasEnded(trace) && trace.end !== 'merged') || stopped()) return undefined;
      future.add(trace);
    }
    return future.text();
  }
}
