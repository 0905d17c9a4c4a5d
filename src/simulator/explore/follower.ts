import type { Decider } from '../choices.js';
import { isSameCall, type CalledAt, type Fault, type FaultAt } from '../fault.js';
import { isAt } from '../point.js';
import type { LifePlan } from '../schedule.js';
import type { Turn } from './play-out.js';

/** Follows a plan for as far as it fits: a way or a fault that there is not is left out, instead of being an error. */
class Follower implements Decider {
  readonly #choices: readonly number[];
  readonly #faults: FaultAt[];
  #forks = 0;

  constructor({ choices, faults }: LifePlan) {
    this.#choices = choices;
    this.#faults = [...faults];
  }

  order(of: number): number {
    const wanted = this.#choices[this.#forks] ?? 0;
    this.#forks += 1;
    return wanted < of ? wanted : 0;
  }

  fault(call: CalledAt, faults: readonly Fault[]): Fault | undefined {
    const index = this.#faults.findIndex((one) => isSameCall(one, call));
    const wanted = this.#faults[index]?.fault;
    if (wanted === undefined || !faults.includes(wanted)) return undefined;
    this.#faults.splice(index, 1);
    return wanted;
  }
}

/** The life of a plan, as far as it fits. A life that never comes to its crash point goes on to its rest. */
export function followed(plan: LifePlan): Turn {
  const { crash } = plan;
  return {
    decider: new Follower(plan),
    cut: ({ moments }) => {
      const index = moments.findIndex(({ point }) => isAt(point, crash));
      return index < 0 ? undefined : index;
    },
  };
}
