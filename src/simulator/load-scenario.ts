import { loaderError } from '../loader/errors.js';
import { existingFile } from '../loader/existing-file.js';
import { Program } from '../loader/program.js';
import { shownPath } from '../loader/shown-path.js';
import { whatFailed } from '../loader/what-failed.js';
import { FreshScenario } from './fresh-scenario.js';
import type { Scenario } from './scenario.js';
import { scenarioIn } from './scenario-in.js';

/**
 * Loads a scenario, the default export of its file, so that `simulate` can start each life with fresh modules: the file
 * and all of the user's files that it imports are compiled once, and evaluated anew for each life. Packages from
 * `node_modules` are shared, but for those that the scenario lists as `freshPackages`; the certificate names them.
 * TypeScript or JavaScript, ESM or CommonJS, with the paths of the nearest tsconfig.json. A relative path is looked up
 * from the current directory. Throws `module-not-loaded` where a file is missing, does not parse or throws, and
 * `scenario-invalid` where the default export is no scenario. A copy of the scenario (`{ ...scenario }`) is another
 * scenario, and is simulated without fresh modules.
 *
 * @example
 * const scenario = await loadScenario('scenarios/signup/scenario.ts');
 * const { runs } = await simulate({ scenarios: [scenario] });
 */
export async function loadScenario(path: string): Promise<Scenario> {
  const file = existingFile(path);
  const first = await evaluated(file, []);
  const fresh = first.scenario.freshPackages;
  // Which packages are fresh stands in the scenario itself; one that is no list is refused when it is simulated.
  const { program, scenario } = Array.isArray(fresh) && fresh.length > 0 ? await evaluated(file, fresh) : first;
  FreshScenario.remember(scenario, program, file);
  return scenario;
}

async function evaluated(file: string, freshPackages: readonly string[]) {
  let program: Program;
  let exports: unknown;
  try {
    program = await Program.of(file, freshPackages);
    exports = await program.evaluate();
  } catch (error) {
    const message = `${shownPath(file)} could not be loaded. ${whatFailed(error, file)}`;
    throw loaderError('module-not-loaded', message, { cause: error });
  }
  return { program, scenario: scenarioIn(exports, file) };
}
