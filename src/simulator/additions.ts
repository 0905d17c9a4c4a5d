import { simulatorError } from './errors.js';
import type { Pattern } from './pattern.js';
import type { Scenario } from './scenario.js';
import type { Services } from './service.js';

/** Something that a machinery does not have by itself, and that can be added to it: a real change of it, or of the flow. */
export interface Addition {
  /** For example `quote-recorded`. */
  readonly name: string;
  /** What goes wrong without it, in words: "the quote is not recorded". */
  readonly without: string;
}

/** What a pattern becomes with some of its additions. */
export interface Extended {
  readonly pattern: Pattern;
  /** Services that are others then: a processor that never forgets a key, say. Default: none. */
  readonly services?: Services;
}

/**
 * A pattern to which these can be added. `build` is called with what is added, and returns the pattern as it is then. For
 * a run that is not proved, `simulate({ matrix: true })` searches the smallest set with which it is.
 *
 * @example
 * const cause = { name: 'quote-recorded', without: 'the quote is not recorded' };
 * withAdditions([cause], (has) => ({ pattern: queueFlow(trial, { keeps: has('quote-recorded') ? ['quote'] : [] }) }));
 */
export function withAdditions(
  additions: readonly Addition[],
  build: (has: (name: string) => boolean) => Extended,
): Pattern {
  return { ...build(() => false).pattern, additions, extend: (names) => build((name) => names.includes(name)) };
}

/**
 * The scenario with one pattern, to which these have been added. Throws `pattern-not-found` for a pattern that it has
 * not, and `scenario-invalid` for an addition that the pattern does not know.
 *
 * @example
 * const { runs } = await simulate({ scenarios: [addTo(scenario, 'queue', ['quote-recorded'])] });
 */
export function addTo(scenario: Scenario, patternName: string, names: readonly string[]): Scenario {
  const pattern = scenario.patterns.find(({ name }) => name === patternName);
  if (!pattern) {
    throw simulatorError('pattern-not-found', `Scenario ${scenario.name} has no pattern "${patternName}".`);
  }
  const known = pattern.additions?.map(({ name }) => name) ?? [];
  const unknown = names.find((name) => !known.includes(name));
  if (unknown !== undefined) {
    const message = `Nothing called "${unknown}" can be added to ${patternName} of ${scenario.name}. There is: ${known.join(', ') || 'nothing'}.`;
    throw simulatorError('scenario-invalid', message);
  }
  return extend(scenario, pattern, names);
}

/** The scenario with this pattern alone, to which these have been added. */
export function extend(scenario: Scenario, pattern: Pattern, names: readonly string[]): Scenario {
  if (!pattern.extend) return { ...scenario, patterns: [pattern] };
  const { pattern: extended, services } = pattern.extend(names);
  return { ...scenario, services: { ...scenario.services, ...services }, patterns: [extended] };
}
