import type { DeterminismTarget } from '../results/index.js';
import { loadTarget } from './load-target.js';
import { resultOf } from './result-of.js';
import { searchTarget } from './search-target.js';

export interface FuzzModuleOptions {
  /** Only workflows that this holds for. */
  readonly only?: ((workflow: string) => boolean) | undefined;
  /** All that is drawn follows from it. Default: 1. */
  readonly seed?: string | undefined;
  /** Runs of each workflow at most. Default: 1,000. */
  readonly maxRuns?: number | undefined;
  /** For each workflow, in ms. Default: 10,000. */
  readonly budgetMs?: number | undefined;
  /** One run again, as `reproduce` names it. */
  readonly path?: string | undefined;
  /** Whether what the engine makes harmless counts as a divergence, as it would be one on other engines. */
  readonly portable?: boolean | undefined;
  /** Ends the search; what was found so far is the result. */
  readonly signal?: AbortSignal | undefined;
  readonly onProgress?: ((progress: { readonly workflow: string; readonly runs: number }) => void) | undefined;
}

const MAX_RUNS = 1_000;
const BUDGET_MS = 10_000;

/** Searches the workflows of one module, and hands on what each came to as soon as it is known. */
export async function fuzzModule(
  file: string,
  options: FuzzModuleOptions,
  onTarget: (target: DeterminismTarget) => void,
): Promise<void> {
  const { only = () => true, seed = '1', maxRuns = MAX_RUNS, budgetMs = BUDGET_MS, signal, onProgress } = options;
  const zone = process.env['TZ'];
  try {
    const module = await loadTarget(file);
    for (const { name: workflow, run } of module.workflows) {
      if (!only(workflow) || signal?.aborted) continue;
      onProgress?.({ workflow, runs: 0 });
      module.coverage.clear();
      const endsAt = performance.now() + budgetMs;
      const searched = await searchTarget({
        target: { workflow, fresh: module.fresh, words: module.words, coverage: module.coverage },
        plan: module.plan,
        seed,
        maxRuns,
        path: options.path,
        stopped: () => (signal?.aborted ? 'interrupted' : performance.now() > endsAt ? 'time' : undefined),
        onProgress: (runs) => onProgress?.({ workflow, runs }),
      });
      const covered = module.coverage.of(run);
      const portable = options.portable === true;
      onTarget(resultOf(searched, { workflow, file, seed, plan: module.plan, portable, covered }));
    }
  } finally {
    if (zone === undefined) delete process.env['TZ'];
    else process.env['TZ'] = zone;
  }
}
