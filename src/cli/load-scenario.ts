import { simulatorError } from '../simulator/errors.js';
import type { Scenario } from '../simulator/index.js';
import type { FoundScenario } from './find-scenarios.js';
import { loadModule } from './load-module.js';
import { shownPath } from './shown-path.js';

/** Loads a scenario: the default export of its file. Throws `module-not-loaded` and `scenario-invalid`. */
export async function loadScenario({ file }: FoundScenario): Promise<Scenario> {
  const module = await loadModule(file);
  const scenario = module['default'] as Partial<Scenario> | undefined;
  const missing = ['name', 'title', 'services', 'steps', 'keys', 'goal', 'patterns', 'assumes'].filter(
    (key) => typeof scenario !== 'object' || scenario?.[key as keyof Scenario] === undefined,
  );
  if (missing.length === 0) return scenario as Scenario;
  const what = missing.length === 8 ? 'has no scenario as its default export' : `lacks ${missing.join(', ')}`;
  throw simulatorError('scenario-invalid', `${shownPath(file)} ${what}.`);
}
