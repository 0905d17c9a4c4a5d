import type { Workflow } from '../engine/index.js';
import { loaderError } from '../loader/errors.js';
import { shownPath } from '../loader/shown-path.js';
import { workflowsIn } from '../loader/workflows-in.js';
import { whatFailed } from '../loader/what-failed.js';
import { Coverage } from './branches/coverage.js';
import { determinismError } from './errors.js';
import { Program } from '../loader/program.js';
import { installStandIns } from './surroundings/install.js';
import { keepGlobals } from './surroundings/fresh-globals.js';
import type { FuzzPlan } from './fuzz-plan.js';
import { readFileSync } from 'node:fs';
import { existingFile } from '../loader/existing-file.js';

/** A module with workflows, as often as asked. */
export interface TargetModule {
  readonly workflows: readonly Workflow[];
  readonly plan: FuzzPlan;
  readonly about?: unknown;
  readonly words: readonly string[];
  readonly coverage: Coverage;
  readonly fresh: () => Promise<readonly Workflow[]>;
}

/** Loads a module with workflows so that it can be evaluated anew, as in a new process. */
export async function loadTarget(path: string): Promise<TargetModule> {
  const file = existingFile(path);
  installStandIns();
  const { program, exports, coverage } = await loaded(file);
  keepGlobals();
  const workflows = workflowsIn(exports);
  if (workflows.length === 0) {
    const names = Object.keys(exports).filter((name) => name !== 'default');
    const has = names.length === 0 ? 'nothing' : names.join(', ');
    throw determinismError('no-workflows', `${shownPath(file)} exports no workflow. It exports: ${has}.`);
  }
  return {
    workflows,
    about: exports['about'],
    plan: (exports['fuzz'] ?? {}) as FuzzPlan,
    words: wordsIn(readFileSync(file, 'utf8')),
    coverage,
    fresh: async () => workflowsIn((await program.evaluate()) as Readonly<Record<string, unknown>>),
  };
}

async function loaded(file: string) {
  try {
    const coverage = new Coverage();
    const program = await Program.of(file, [], coverage.instrument);
    const exports = (await program.evaluate()) as Readonly<Record<string, unknown>>;
    coverage.imported();
    return { program, exports, coverage };
  } catch (error) {
    const message = `${shownPath(file)} could not be loaded. ${whatFailed(error, file)}`;
    throw loaderError('module-not-loaded', message, { cause: error });
  }
}

/** Short texts in quotes: what the code may compare with. */
function wordsIn(source: string): readonly string[] {
  const found = source.matchAll(/(?<![\w.])(['"])([^'"\n\\]{1,24})\1/g);
  return [...new Set(Array.from(found, ([, , text]) => text!))].slice(0, 40);
}
