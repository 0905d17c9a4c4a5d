import { planOf } from '../choices.js';
import { roundOf } from '../round.js';
import type { LifePlan } from '../schedule.js';
import type { DurableState } from '../state.js';
import type { Trace } from '../trace.js';
import type { Answered, Trail } from '../trail.js';
import type { Views } from '../views.js';

/** A crash, and the state that it leaves. */
export interface Exit {
  readonly key: string;
  /** Faults since the run began. */
  readonly spent: number;
  /** The fresh ids that the state shows, in their order: those of another state of this key stand for the same. */
  readonly ids: readonly string[];
  readonly plan: () => LifePlan;
}

/** Where runs from one state stand that have asked the same and were answered the same. */
export class Junction {
  readonly next = new Map<string, { readonly answered: Answered; readonly spent: number; readonly to: Junction }>();
  /** Late requests that may arrive here, and change nothing. */
  readonly idle = new Map<string, Answered>();
  readonly exits = new Map<string, Exit>();
  /** Runs of these go on for those that end here. */
  readonly goesOnAt = new Set<Junction>();
  /** What goes round for ever goes on at these. */
  readonly goesRoundTo = new Set<Junction>();
}

/** What lives from states of one key ask. */
export interface Root {
  readonly index: number;
  readonly state: DurableState;
  readonly ids: readonly string[];
  readonly junction: Junction;
}

/**
 * Which requests, in which order, lead from each state to which others: what a service with a view has to answer alike in
 * all states of which the view says that they are one. Holds what `World.lives` runs, from states that were merged too.
 */
export class RequestGraph {
  readonly #views: Views;
  readonly #roots = new Map<string, Root>();

  constructor(views: Views) {
    this.#views = views;
  }

  at(key: string): Root | undefined {
    return this.#roots.get(key);
  }

  /** Takes in the runs from this state, one after the other. */
  from(state: DurableState): (trace: Trace, trail: Trail) => void {
    const root = this.#root(state);
    const places = new Map<number, Junction>();
    return (trace, trail) => {
      if (!root) return;
      const way = this.#take(root, trace, trail);
      for (const { answered, after } of trail.idle) way[after]!.idle.set(textOf(answered), answered);
      if (trace.end === 'circle') this.#close(way, trace, trail);
      for (const { place, after } of trail.places) {
        const known = places.get(place);
        if (!known) places.set(place, way[after]!);
        else if (known !== way[after]) way[after]!.goesOnAt.add(known);
      }
    };
  }

  // With fewer faults before it, a state has all the futures that it has with more. Requests of a state that shows other
  // ids are those of the first one, under other names.
  #root(state: DurableState): Root | undefined {
    const key = this.#views.key(state);
    const ids = this.#views.ids(state);
    const known = this.#roots.get(key);
    if (known && state.spent >= known.state.spent) return known.ids.join() === ids.join() ? known : undefined;
    const root = { index: known?.index ?? this.#roots.size, state, ids, junction: new Junction() };
    this.#roots.set(key, root);
    return root;
  }

  #close(way: readonly Junction[], { moments }: Trace, { answers }: Trail): void {
    const round = roundOf(moments, (state) => this.#views.key(state));
    const begin = moments.length - (round?.last.length ?? 0);
    const before = answers.filter(({ at }) => at < begin).length;
    if (before < answers.length) way.at(-1)!.goesRoundTo.add(way[before]!);
  }

  /** The junctions that the run comes to: at index n, after n answers. */
  #take(root: Root, { moments, choices }: Trace, { answers }: Trail): readonly Junction[] {
    const way = [root.junction];
    let left: DurableState | undefined;
    for (let index = 0; index < moments.length; index += 1) {
      const { state, point } = moments[index]!;
      const spent = state.spent - root.state.spent;
      while ((answers[way.length - 1]?.at ?? Infinity) <= index) {
        way.push(stepFrom(way.at(-1)!, answers[way.length - 1]!, spent));
        left = undefined;
      }
      if (state === left) continue;
      left = state;
      const { exits } = way.at(-1)!;
      const [key, ids] = [this.#views.key(state), this.#views.ids(state)];
      const text = `${spent} ${key} ${ids.join()}`;
      const plan = (): LifePlan => ({ ...planOf(choices.filter(({ at }) => at <= index)), crash: point });
      if (!exits.has(text)) exits.set(text, { key, spent, ids, plan });
    }
    return way;
  }
}

function textOf({ service, request, args, seen }: Answered): string {
  return `${service} ${request} ${JSON.stringify(args)} ${seen}`;
}

function stepFrom({ next }: Junction, answered: Answered, spent: number): Junction {
  const text = textOf(answered);
  const known = next.get(text);
  if (known && known.spent <= spent) return known.to;
  const to = known?.to ?? new Junction();
  next.set(text, { answered, spent, to });
  return to;
}
