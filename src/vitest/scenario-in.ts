import { fileURLToPath } from 'node:url';
import { loadScenario, type Scenario } from '../simulator/index.js';
import { simulatorError } from '../simulator/errors.js';

/**
 * The scenario that was handed to `expect()`, or that lies at the path or URL that was; `simulate()` looks at its parts.
 * Throws the errors of `loadScenario()`, and `scenario-invalid` for anything else.
 */
export async function scenarioIn(received: unknown): Promise<Scenario> {
  if (typeof received === 'string') return loadScenario(received);
  if (typeof received !== 'object' || received === null) throw noScenario(`it is ${typeName(received)}`);
  if ('steps' in received) return received as Scenario;
  // By its parts: a browser environment of vitest has a class URL of its own.
  if (!('href' in received)) throw noScenario('it has no steps');
  const url = String(received.href);
  if (!url.startsWith('file:')) throw noScenario(`${url} is no URL of a file`);
  return loadScenario(fileURLToPath(url));
}

function typeName(value: unknown): string {
  return value === null ? 'null' : `of type ${typeof value}`;
}

function noScenario(what: string): Error {
  const message = `expect() was given neither a scenario nor the path or file URL of one: ${what}.`;
  return simulatorError('scenario-invalid', message);
}
