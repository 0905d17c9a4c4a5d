import { simulatorError } from '../simulator/errors.js';
import { FreshScenario } from '../simulator/fresh-scenario.js';
import type { Scenario } from '../simulator/index.js';
import type { CrashOptions } from './crash-options.js';

/**
 * Throws `scenario-imported` where nothing may follow from crashes that broke nothing: the lives had one set of modules,
 * and what its variables held survived each crash. The options may take it for granted that they held nothing.
 */
export function mustForget(scenario: Scenario, { assumeNoMemory = false }: Pick<CrashOptions, 'assumeNoMemory'>): void {
  if (assumeNoMemory || FreshScenario.of(scenario)) return;
  const message =
    `Scenario ${scenario.name} was imported, or copied, and not loaded by its path: all lives share one set of modules. ` +
    'What a module variable holds survives each crash here, so that it proves nothing that no crash was found to break it. ' +
    'Hand its path to expect(), or pass assumeNoMemory: true if its code keeps nothing in module variables.';
  throw simulatorError('scenario-imported', message);
}
