import { isSameCall, type CalledAt, type Fault, type FaultAt } from './fault.js';

/** What a run is told to do: which way to go at each fork, and what is to go wrong. Past it, the first way and no fault. */
export interface Plan {
  readonly choices: readonly number[];
  readonly faults: readonly FaultAt[];
}

const NOTHING_PLANNED: Plan = { choices: [], faults: [] };

/** What a run has come to: a fork, or a call with which something may go wrong, and what was taken. */
export type Choice = {
  /** After how many moments. */
  readonly at: number;
  readonly taken: number;
} & (
  | { readonly kind: 'order'; readonly of: number }
  /** `taken` 0 is no fault, else one more than the index of it. */
  | ({ readonly kind: 'fault'; readonly faults: readonly Fault[] } & CalledAt)
);

/** Decides as it is asked, instead of a plan that is made beforehand. */
export interface Decider {
  /** Which of `of` ways, from 0. */
  order(of: number): number;
  /** Which of these goes wrong with this call, if any does. */
  fault(call: CalledAt, faults: readonly Fault[]): Fault | undefined;
}

/** Follows a plan or asks a decider, and keeps a record of what was taken. */
export class Choices {
  readonly taken: Choice[] = [];
  readonly #decider: Decider | undefined;
  readonly #order: readonly number[];
  readonly #faults: FaultAt[];
  #forks = 0;

  constructor(plan: Plan | Decider) {
    this.#decider = 'order' in plan ? plan : undefined;
    const { choices, faults } = 'order' in plan ? NOTHING_PLANNED : plan;
    this.#order = choices;
    this.#faults = [...faults];
  }

  /** Which of `of` ways, from 0; undefined if the plan wants one that there is not. */
  order(of: number, at: number): number | undefined {
    const taken = this.#decider?.order(of) ?? this.wanted;
    if (taken >= of) return undefined;
    this.#forks += 1;
    this.taken.push({ kind: 'order', of, taken, at });
    return taken;
  }

  /** What goes wrong at this call, if anything does. */
  fault(call: CalledAt, faults: readonly Fault[], at: number): Fault | undefined {
    const index = this.#faults.findIndex((one) => isSameCall(one, call));
    const wanted = this.#decider ? this.#decider.fault(call, faults) : this.#faults[index]?.fault;
    const taken = wanted === undefined ? 0 : faults.indexOf(wanted) + 1;
    if (taken > 0 && index >= 0) this.#faults.splice(index, 1);
    this.taken.push({ kind: 'fault', ...call, faults, taken, at });
    return taken > 0 ? wanted : undefined;
  }

  /** Faults of the plan that the run has not come to. */
  get missed(): readonly FaultAt[] {
    return this.#faults;
  }

  /** How many forks the run has come to, and how many the plan speaks of. */
  get forks(): number {
    return this.#forks;
  }

  get planned(): number {
    return this.#order.length;
  }

  /** The way that the plan takes at the next fork. */
  get wanted(): number {
    return this.#order[this.#forks] ?? 0;
  }
}

/** The plan that takes these choices again. */
export function planOf(choices: readonly Choice[]): Plan {
  return {
    choices: choices.flatMap((choice) => (choice.kind === 'order' ? [choice.taken] : [])),
    faults: choices.flatMap((choice) => {
      if (choice.kind === 'order' || choice.taken === 0) return [];
      const { site, occurrence, life } = choice;
      const call = { site, occurrence, ...(life === undefined ? {} : { life }) };
      return [{ ...call, fault: choice.faults[choice.taken - 1]! }];
    }),
  };
}

/** The next way in depth-first order: the last choice that has another way left takes it. */
export function nextChoices(choices: readonly Choice[]): readonly Choice[] | undefined {
  const last = choices.findLastIndex((choice) => choice.taken < waysOf(choice) - 1);
  if (last < 0) return undefined;
  return [...choices.slice(0, last), { ...choices[last]!, taken: choices[last]!.taken + 1 }];
}

function waysOf(choice: Choice): number {
  return choice.kind === 'order' ? choice.of : choice.faults.length + 1;
}
