import { Canon, deadlinesAhead, distancesOf, exactOf, idsIn, keyOf, type Fragment } from './canonical.js';
import type { DurableState, Resource } from './state.js';

/** The forms of one state, of each resource, made by one `Views`. */
interface Forms {
  readonly owner: Views;
  /** Of each resource what its view keeps, then of those that leave something out, what they do. */
  readonly all: readonly Fragment[];
  key?: string;
}

/**
 * What the explorer sees of durable states: keys, deadlines, and the text that the check of the projections compares.
 * Forms are kept with their state, and of a part that has not changed since a state before, its form is taken over.
 */
export class Views {
  readonly #canon = new Canon();
  readonly #shown: readonly { readonly resource: Resource; readonly name: string; readonly isView: boolean }[];
  readonly #views: number;
  readonly #reachMs: number;

  /** `reachMs`: how far ahead a deadline may lie that a dead worker can miss. Default: any. */
  constructor(resources: readonly Resource[], reachMs = Infinity) {
    const shown = (isView: boolean) => (resource: Resource) => ({ resource, name: resource.name, isView });
    const leaving = resources.filter(({ dropped }) => dropped);
    this.#shown = [...resources.map(shown(true)), ...leaving.map(shown(false))];
    this.#views = resources.length;
    this.#reachMs = reachMs;
  }

  key(state: DurableState): string {
    const forms = this.#forms(state);
    forms.key ??= keyOf(this.#kept(forms), state.now, this.#reachMs);
    return forms.key;
  }

  /** The state with nothing projected away but what time it is, and which fresh ids it holds. */
  whole(state: DurableState): string {
    return distancesOf(this.#forms(state).all, state.now);
  }

  /** All that the state holds but for the time, as it is. */
  contents(state: DurableState): string {
    return exactOf(this.#forms(state).all);
  }

  /** The state with nothing left out at all. */
  exact(state: DurableState): string {
    return `${state.now} ${state.fresh} ${state.spent} ${this.contents(state)}`;
  }

  /** The fresh ids in what is not projected away, by first use: those of two states of one key stand for each other. */
  ids(state: DurableState): readonly string[] {
    return idsIn(this.#kept(this.#forms(state)));
  }

  /** The deadlines of the state after its now, in their order. */
  deadlines(state: DurableState): readonly number[] {
    return deadlinesAhead(this.#kept(this.#forms(state)), state.now);
  }

  #forms(state: DurableState): Forms {
    const known = this.#known(state);
    if (known) return known;
    let { before } = state;
    while (before && !this.#known(before)) ({ before } = before);
    const forms = this.#make(state, before);
    state.memo = forms;
    state.before = undefined; // It has served, and would keep every state of the run.
    return forms;
  }

  #known({ memo }: DurableState): Forms | undefined {
    const forms = memo as Forms | undefined;
    return forms?.owner === this ? forms : undefined;
  }

  #kept({ all }: Forms): readonly Fragment[] {
    return all.length === this.#views ? all : all.slice(0, this.#views);
  }

  // Of a part that is as it was, its form is taken over.
  #make({ parts }: DurableState, before: DurableState | undefined): Forms {
    const old = before && this.#known(before)?.all;
    const all: Fragment[] = [];
    for (const { resource, name, isView } of this.#shown) {
      const part = parts[name];
      if (old && before.parts[name] === part) all.push(old[all.length]!);
      else all.push(this.#canon.fragment(isView ? resource.view(part) : resource.dropped!(part)));
    }
    return { owner: this, all };
  }
}
