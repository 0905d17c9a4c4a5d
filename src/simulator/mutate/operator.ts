import type { Fault } from '../fault.js';
import type { Pattern } from '../pattern.js';
import type { Scenario } from '../scenario.js';
import type { Resource } from '../state.js';

/** A scenario and its machinery with one safety measure taken away. Each part is changed as it is used, never its source. */
export interface Mutation {
  readonly scenario?: (scenario: Scenario) => Scenario;
  readonly pattern?: (pattern: Pattern) => Pattern;
}

/** A safety measure that can be taken away, wherever a scenario has it. */
export interface Operator {
  readonly name: string;
  /** What is done to the flow: "the idempotency key is left out". */
  readonly text: string;
  /** What must be able to go wrong besides crashes, once in a run, for the measure to matter. Default: nothing. */
  readonly faults?: readonly Fault[];
  /** Which resources of a machinery have the measure: without one, nothing is searched. Default: it may be anywhere. */
  readonly standsOn?: (resource: Resource) => boolean;
  /** `applied` is to be called each time that the mutation makes a difference to a call. */
  make(applied: () => void, scenario: Scenario): Mutation;
}
