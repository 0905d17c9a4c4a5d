import { sortedText } from '../sorted-text.js';
import type { DurableState } from '../state.js';
import type { World } from '../world.js';
import { outcomeOf } from './refinement.js';

/** What the scenario says of states: whether that depends on what views of services leave out. */
export class Judgement {
  readonly #world: World;
  readonly #rests: ReadonlySet<string>;
  readonly #expected = new Map<DurableState, string>();

  /** `rests`: keys of the states in which runs end, and have an outcome. */
  constructor(world: World, rests: ReadonlySet<string>) {
    this.#world = world;
    this.#rests = rests;
  }

  /** Whether goal, invariants and outcome are the same with these states of services in place of its own. */
  isSame(state: DurableState, services: Readonly<Record<string, unknown>>): boolean {
    let expected = this.#expected.get(state);
    if (expected === undefined) this.#expected.set(state, (expected = this.#of(state, {})));
    return this.#of(state, services) === expected;
  }

  #of(state: DurableState, services: Readonly<Record<string, unknown>>): string {
    const { goal, invariants = [] } = this.#world.scenario;
    const named = Object.entries(services).map(([name, part]) => [`service ${name}`, part]);
    const here = { ...state, memo: undefined, parts: { ...state.parts, ...Object.fromEntries(named) } };
    const outside = this.#world.services(here);
    const outcome = this.#rests.has(this.#world.views.key(state)) ? outcomeOf(this.#world, here) : undefined;
    return sortedText([goal.reached(outside), invariants.map(({ holds }) => holds(outside)), outcome]);
  }
}
