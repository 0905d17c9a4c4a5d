import { loaderError } from './errors.js';
import { existingFile } from './existing-file.js';
import { jitiMaker } from './jiti-maker.js';
import { settledOrStalled } from './settled-or-stalled.js';
import { shownPath } from './shown-path.js';
import { whatFailed } from './what-failed.js';

/**
 * Loads a module of the user's as it is found: TypeScript or JavaScript, ESM or CommonJS, with the paths of its
 * tsconfig. Throws `module-not-loaded`, which names the file, what was thrown, and the imports that led there.
 */
export async function loadModule(file: string): Promise<Readonly<Record<string, unknown>>> {
  const path = existingFile(file);
  try {
    const jiti = (await jitiMaker())(path);
    return await settledOrStalled(jiti.import<Record<string, unknown>>(path));
  } catch (error) {
    const message = `${shownPath(path)} could not be loaded. ${whatFailed(error, path)}`;
    throw loaderError('module-not-loaded', message, { cause: error });
  }
}
