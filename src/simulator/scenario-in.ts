import { shownPath } from '../loader/shown-path.js';
import { simulatorError } from './errors.js';
import type { Scenario } from './scenario.js';

const PARTS = ['name', 'title', 'services', 'steps', 'keys', 'goal', 'patterns', 'assumes'];

/** The scenario that a file exports as its default. Throws `scenario-invalid`. */
export function scenarioIn(exports: unknown, file: string): Scenario {
  // CommonJS may be its own default export.
  const scenario: unknown = (exports as { default?: unknown } | undefined)?.default ?? exports;
  const missing = PARTS.filter((key) => Reflect.get(Object(scenario) as object, key) === undefined);
  if (missing.length === 0) return scenario as Scenario;
  const what =
    missing.length === PARTS.length ? 'has no scenario as its default export' : `lacks ${missing.join(', ')}`;
  throw simulatorError('scenario-invalid', `${shownPath(file)} ${what}.`);
}
