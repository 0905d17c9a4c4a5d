import type { Mutation } from './operator.js';

/** One mutation that does all of these: a measure that several kinds of machinery have, each in its way. */
export function all(...mutations: readonly Mutation[]): Mutation {
  return {
    scenario: (scenario) => mutations.reduce((changed, mutation) => mutation.scenario?.(changed) ?? changed, scenario),
    pattern: (pattern) => mutations.reduce((changed, mutation) => mutation.pattern?.(changed) ?? changed, pattern),
  };
}
