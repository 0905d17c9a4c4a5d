import { isDeepStrictEqual } from 'node:util';
import { simulate, type Scenario } from 'crashwise/simulator';
import type { Bug } from './define-bug.js';

/** What a search said of a flow. */
export interface Outcome {
  readonly verdict: 'proved' | 'violated' | 'inconclusive';
  readonly stoppedBy: string;
  readonly states: number;
  /** What it found broken, each with its price, and whether the end of the story shows it. */
  readonly broken: readonly {
    readonly property: string;
    readonly crashes: number;
    readonly faults: number;
    readonly invisibleAtEnd: boolean;
  }[];
}

/** Searches a bug, or its twin. A search that takes longer than `budgetMs` is `inconclusive`, or has found what it has. */
export async function outcomeOf(scenario: Scenario, search: Bug['search'], budgetMs = 60_000): Promise<Outcome> {
  const { runs } = await simulate({ scenarios: [scenario], ...search, budgetMs });
  const { verdict, stoppedBy, states, violations } = runs[0]!;
  const broken = violations.map(({ property, crashes, faults, actualWorld, expectedWorld }) => ({
    property,
    crashes,
    faults,
    invisibleAtEnd: isDeepStrictEqual(actualWorld, expectedWorld),
  }));
  return { verdict, stoppedBy, states, broken };
}
