import { readFileSync } from 'node:fs';
import type { Coverage } from '../determinism/branches/coverage.js';
import type { Workflow } from '../engine/index.js';
import { loaderError } from '../loader/errors.js';
import { Program } from '../loader/program.js';
import { shownPath } from '../loader/shown-path.js';
import { whatFailed } from '../loader/what-failed.js';
import { workflowsOf } from './load-workflows.js';

/** The workflows of a module, with the sources of all of the user's files that it imports. Throws as `loadWorkflows` does. */
export async function loadProgram(
  file: string,
  coverage?: Coverage,
): Promise<{
  readonly workflows: readonly Workflow[];
  readonly sources: readonly { readonly file: string; readonly source: string }[];
}> {
  try {
    const program = await Program.of(file, [], coverage?.instrument);
    const exports = (await program.evaluate()) as Readonly<Record<string, unknown>>;
    coverage?.imported();
    const sources = program.files().map((path) => ({ file: path, source: readFileSync(path, 'utf8') }));
    return { workflows: workflowsOf(exports, shownPath(file)), sources };
  } catch (error) {
    if ((error as { code?: unknown }).code === 'module-unusable') throw error;
    const message = `${shownPath(file)} could not be loaded. ${whatFailed(error, file)}`;
    throw loaderError('module-not-loaded', message, { cause: error });
  }
}
