import { simulatorError } from '../simulator/errors.js';
import type { Scenario } from '../simulator/index.js';

/** What was handed to `expect()`, if it can be a scenario; `simulate()` looks at its parts. */
export function scenarioIn(received: unknown): Scenario {
  if (typeof received === 'object' && received !== null && 'steps' in received) return received as Scenario;
  const what = received === null ? 'null' : `of type ${typeof received}`;
  throw simulatorError('scenario-invalid', `expect() was given what is no scenario: it is ${what}, without steps.`);
}
