import type { Exploration } from '../explore/closure.js';
import { explore, type Budget } from '../explore/closure.js';
import type { Shortest, Violation } from '../explore/findings.js';
import type { World } from '../world.js';
import type { Operator } from './operator.js';

/** What may go wrong besides crashes. */
export type Disturbance = Pick<Operator, 'faults'>;

/** The flow as it is, which each mutant is compared with: searched with the faults that the mutant needs. */
export class Unmutated {
  readonly #worldWith: (disturbance: Disturbance) => World;
  readonly #budget: Budget;
  /** By what goes wrong, and how far it was followed. */
  readonly #searches = new Map<string, Promise<Exploration>>();

  constructor(worldWith: (disturbance: Disturbance) => World, budget: Budget) {
    this.#worldWith = worldWith;
    this.#budget = budget;
  }

  /** All of it. */
  explored(disturbance: Disturbance): Promise<Exploration> {
    return this.#search(disturbance, 'whole', this.#budget);
  }

  /**
   * Whether it breaks the property as well, with no more crashes and other faults than the mutant: all of it may be much,
   * so it is followed only so far. Undefined if the budget does not reach so far.
   */
  async breaks(
    { property, crashes, faults: spent }: Violation,
    disturbance: Disturbance,
  ): Promise<boolean | undefined> {
    const isNear = (price: Shortest): boolean => price.crashes <= crashes && price.faults <= spent;
    const follows: Budget['follows'] = ({ lives, state }) => lives.length <= crashes && state.spent <= spent;
    const found = await this.#search(disturbance, `${crashes} ${spent}`, { ...this.#budget, follows });
    if (found.violations.some((one) => one.property === property && isNear(one))) return true;
    return found.stoppedBy === 'closed' ? false : undefined;
  }

  #search(disturbance: Disturbance, howFar: string, budget: Budget): Promise<Exploration> {
    const name = `${disturbance.faults?.join() ?? ''} ${howFar}`;
    let search = this.#searches.get(name);
    if (!search) this.#searches.set(name, (search = explore(this.#worldWith(disturbance), budget)));
    return search;
  }
}
