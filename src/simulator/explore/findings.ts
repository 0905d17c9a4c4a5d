import { planOf, type Choice } from '../choices.js';
import { effectsIn } from '../ledger.js';
import { brokenEffects, brokenInvariants, missedBy, repeatedEffects, type Breach } from '../oracle/breach.js';
import type { Refinement } from '../oracle/refinement.js';
import type { LifePlan, Schedule } from '../schedule.js';
import type { DurableState } from '../state.js';
import type { Trace } from '../trace.js';
import type { World } from '../world.js';
import { yesOrNo } from '../yes-or-no.js';

/** How a property was broken, or an effect repeated: with so many crashes and other faults, by this schedule. */
export interface Shortest {
  readonly crashes: number;
  readonly faults: number;
  readonly schedule: Schedule;
}

/** A broken property, with a shortest schedule that breaks it. */
export interface Violation extends Breach, Shortest {}

/** What the states and rests of a search were found to break, each with the shortest way there. */
export class Findings {
  /** Effects that may happen twice and did. */
  readonly twice = new Map<string, Shortest>();
  readonly #happened = new Set<string>();
  readonly #world: World;
  readonly #violations = new Map<string, Violation>();
  readonly #refinement: Refinement | undefined;
  /** Names of what the scenario wants to see sometimes, and was seen. */
  readonly seen = new Set<string>();

  /** Outcomes are compared with those of `refinement`, which learns from the runs without a crash; undefined: they are not. */
  constructor(world: World, refinement: Refinement | undefined) {
    this.#world = world;
    this.#refinement = world.judgesBy('refinement') ? refinement : undefined;
  }

  /** `effect done` and `effect refused` of all that ever happened, or was left out because it would have been refused. */
  get happened(): ReadonlySet<string> {
    const refused = [...this.#world.leftOut].filter((what) => what.endsWith(' refused'));
    return new Set([...this.#happened, ...refused]);
  }

  get violations(): readonly Violation[] {
    return [...this.#violations.values()];
  }

  /** Judges a state that a run passes through. */
  pass(state: DurableState, path: readonly LifePlan[], choices: () => readonly Choice[]): void {
    for (const { name, holds } of this.#world.scenario.sometimes ?? []) {
      if (!this.seen.has(name) && yesOrNo(holds(this.#world.services(state)), name)) this.seen.add(name);
    }
    if (this.#world.ledger(state).repeated.length === 0 && !this.#world.scenario.invariants) return;
    for (const breach of [
      ...(this.#world.judgesBy('ledger') ? brokenEffects(this.#world, state) : []),
      ...(this.#world.judgesBy('invariants') ? brokenInvariants(this.#world, state) : []),
    ]) {
      this.#keep(this.#violations, breach.property, breach, state, path, choices);
    }
  }

  /** Judges the end of a run. */
  end(trace: Trace, path: readonly LifePlan[]): void {
    const { rest: state, choices } = trace;
    if (path.length === 0) this.#refinement?.learn(trace);
    const missed = missedBy(this.#world, trace);
    // What is missed, or was done too often, needs no comparison to be wrong.
    const isWrong = missed.length > 0 || brokenEffects(this.#world, state).length > 0;
    const otherwise = isWrong ? undefined : this.#refinement?.breach(state);
    for (const breach of otherwise ? [otherwise] : missed) {
      this.#keep(this.#violations, breach.property, breach, state, path, () => choices);
    }
    const { done, refused } = this.#world.ledger(state);
    for (const effect of effectsIn(done, 1)) this.#happened.add(`${effect} done`);
    for (const effect of effectsIn(refused, 1)) this.#happened.add(`${effect} refused`);
    for (const effect of repeatedEffects(this.#world, state)) {
      this.#keep(this.twice, effect, {}, state, path, () => choices);
    }
  }

  #keep<T extends object>(
    found: Map<string, T & Shortest>,
    name: string,
    what: T,
    { spent }: DurableState,
    path: readonly LifePlan[],
    choices: () => readonly Choice[],
  ): void {
    const before = found.get(name);
    if (before && (before.faults < spent || (before.faults === spent && before.crashes <= path.length))) return;
    const schedule = { pattern: this.#world.pattern.name, lives: [...path, planOf(choices())] };
    found.set(name, { ...what, crashes: path.length, faults: spent, schedule });
  }
}
