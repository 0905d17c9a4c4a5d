import { CrashwiseError } from '../engine/crashwise-error.js';
import { shownPath } from '../loader/shown-path.js';
import type { DeterminismTarget } from '../results/index.js';

/** The result of a workflow whose search came to nothing for an error that is no divergence. */
export function unfinishedTarget(
  { workflow, file }: { readonly workflow: string; readonly file: string },
  error: Error,
): DeterminismTarget {
  const name = CrashwiseError.is(error) ? error.code : error.name;
  return {
    workflow,
    file: shownPath(file),
    runtime: 'reference',
    verdict: 'inconclusive',
    runs: 0,
    prefixes: 0,
    commandsCompared: 0,
    stoppedBy: 'error',
    ended: 0,
    coverage: { branches: { hit: 0, of: 0 }, uncovered: [] },
    sources: {},
    reasons: [`${name}: ${error.message}`],
    divergences: [],
  };
}
