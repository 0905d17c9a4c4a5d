import { existsSync, realpathSync } from 'node:fs';
import { loaderError } from './errors.js';

/** The file as it stands in stacks. Throws `module-not-loaded` where there is none. */
export function existingFile(file: string): string {
  if (existsSync(file)) return realpathSync(file);
  const hint = 'Correct the path; a relative one is looked up from the current directory.';
  throw loaderError('module-not-loaded', `There is no file ${file}.`, { hint });
}
