import { isDeepStrictEqual } from 'node:util';
import { simulate, type Scenario } from 'crashwise/simulator';
import type { Bug } from './define-bug.js';

/** What a search said of a flow. */
export interface Outcome {
  readonly verdict: 'proved' | 'violated' | 'inconclusive';
  readonly stoppedBy: string;
  readonly states: number;
  /** What it found broken, each with its price, and whether the services end up as they may in the repaired twin. */
  readonly broken: readonly {
    readonly property: string;
    readonly crashes: number;
    readonly faults: number;
    readonly invisibleAtEnd: boolean;
  }[];
}

/**
 * Searches a bug and its twin, for `budgetMs` each: a search that takes longer is `inconclusive`, or has found what it
 * has found until then.
 */
export async function outcomesOf(
  { buggy, repaired, search }: Bug,
  budgetMs = 60_000,
): Promise<{ readonly buggy: Outcome; readonly repaired: Outcome }> {
  /** How the services end up where all is well. */
  const ends: unknown[] = [];
  const keeping = (world: unknown): void => {
    if (!ends.some((end) => isDeepStrictEqual(end, world))) ends.push(world);
  };
  const outcomeOf = async (scenario: Scenario): Promise<Outcome> => {
    const { runs } = await simulate({ scenarios: [scenario], ...search, budgetMs });
    const { verdict, stoppedBy, states, violations } = runs[0]!;
    const broken = violations.map(({ property, crashes, faults, actualWorld }) => ({
      property,
      crashes,
      faults,
      invisibleAtEnd: ends.some((end) => isDeepStrictEqual(end, actualWorld)),
    }));
    return { verdict, stoppedBy, states, broken };
  };
  const { goal } = repaired;
  const reached: typeof goal.reached = (world) => {
    if (goal.reached(world)) keeping(world);
    return goal.reached(world);
  };
  const twin = await outcomeOf({ ...repaired, goal: { ...goal, reached } });
  return { buggy: await outcomeOf(buggy), repaired: twin };
}
