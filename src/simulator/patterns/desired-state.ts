import type { Life } from '../life.js';
import type { Resource } from '../state.js';

/** A state of the world that somebody wants. */
export interface Desired<State> {
  /** In words, for the story: "two records". */
  readonly title: string;
  readonly state: State;
}

/** Which of the desired states is wanted now: all that a reconciler keeps. */
export class DesiredState<State> implements Resource<{ readonly number: number }> {
  readonly name = 'desired';
  part = { number: 0 };
  readonly #wanted: readonly Desired<State>[];

  constructor(wanted: readonly Desired<State>[]) {
    this.#wanted = wanted;
  }

  view(part: { readonly number: number }): unknown {
    return part;
  }

  read(life: Life): Promise<State> {
    return life.call({ name: 'desired.read', kind: 'other', text: '' }, () => {
      const { title, state } = this.#wanted[this.part.number]!;
      life.note(`wanted: ${title}`);
      return structuredClone(state);
    });
  }

  /** Somebody changes what they want. False: there is no change left. */
  async drift(life: Life): Promise<boolean> {
    const { number } = this.part;
    const next = this.#wanted[number + 1];
    if (!next) return false;
    const change = (): void => {
      // Two processes, of which one stood still, know the same people.
      if (this.part.number !== number) return;
      this.part = { number: number + 1 };
      life.note(`drift: somebody wants ${next.title} now`);
    };
    // People, and not the process: they do not hear of errors of its store.
    const faults = () => ({ kinds: [] });
    await life.call({ name: `drift:${number + 1}`, kind: 'other', text: '' }, change, faults);
    return true;
  }
}
