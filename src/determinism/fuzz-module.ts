import type { DeterminismTarget } from '../results/index.js';
import { counterexampleOf, drawnOf, type Counterexample } from './counterexample.js';
import { loadTarget } from './load-target.js';
import { resultOf, signatureFor } from './result-of.js';
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
  /** What earlier searches have found, for the workflows of this module: runs first. */
  readonly saved?: readonly Counterexample[] | undefined;
  /** One share of the search: the i-th of n, from 1. All of them together find what the whole one finds. */
  readonly shard?: { readonly index: number; readonly of: number } | undefined;
  /** Workflows that are known not to come to an end: none of them runs before another one. */
  readonly endless?: readonly string[] | undefined;
  /** Hears which workflow runs next, as one that never comes to an end says nothing any more. */
  readonly onRunning?: ((workflow: string) => void) | undefined;
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
  onTarget: (target: DeterminismTarget, found: readonly Counterexample[]) => void,
): Promise<void> {
  const { only = () => true, seed = '1', maxRuns = MAX_RUNS, budgetMs = BUDGET_MS, signal, onProgress } = options;
  const { endless, onRunning } = options;
  const zone = process.env['TZ'];
  try {
    const module = await loadTarget(file);
    for (const { name: workflow } of module.workflows) {
      if (!only(workflow) || signal?.aborted) continue;
      onProgress?.({ workflow, runs: 0 });
      const endsAt = performance.now() + budgetMs;
      const searched = await searchTarget({
        target: { workflow, fresh: module.fresh, words: module.words, endless, onRunning },
        plan: module.plan,
        seed,
        maxRuns,
        path: options.path,
        saved: options.saved?.filter((one) => one.workflow === workflow).map(drawnOf),
        shard: options.shard,
        stopped: () => (signal?.aborted ? 'interrupted' : performance.now() > endsAt ? 'time' : undefined),
        onProgress: (runs) => onProgress?.({ workflow, runs }),
      });
      const target = resultOf(searched, {
        workflow,
        file,
        seed,
        plan: module.plan,
        portable: options.portable === true,
      });
      const found = searched.found.map((one) =>
        counterexampleOf(one, { workflow, seed, signature: signatureFor(one) }),
      );
      onTarget(target, found);
    }
  } finally {
    if (zone === undefined) delete process.env['TZ'];
    else process.env['TZ'] = zone;
  }
}
