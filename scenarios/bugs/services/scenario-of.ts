import { defineScenario, type Scenario, type Services } from 'crashwise/simulator';

interface Parts<S extends Services> extends Pick<Scenario<S>, 'services' | 'steps' | 'invariants' | 'endings'> {
  /** What the flow does, in words. */
  readonly title: string;
  readonly pattern: Scenario['patterns'][number];
  /** Default: `o1`, the one order. */
  readonly keys?: readonly string[];
  /** Default: it comes to an end, whatever that is; what has to happen by then, the steps say. */
  readonly goal?: Pick<Scenario<S>['goal'], 'property' | 'reached'>;
}

/** A small scenario of one pattern, with what most seeded bugs have in common. */
export function scenarioOf<const S extends Services>(parts: Parts<S>): Scenario<S> {
  const { pattern, keys = ['o1'], goal = { property: 'ends', reached: () => true }, ...rest } = parts;
  return defineScenario<S>({
    ...rest,
    name: 'bug',
    keys,
    goal: { ...goal, missed: (where) => `It does not end well: ${where}.` },
    patterns: [pattern],
    assumes: [],
  });
}
