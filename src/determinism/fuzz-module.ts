import type { Workflow } from '../engine/index.js';
import type { DeterminismTarget, KnownDivergence } from '../results/index.js';
import { loadConfig, planOf } from './feed/config.js';
import { Feed } from './feed/feed.js';
import type { Learned } from './feed/learned.js';
import { ModuleTypes } from './feed/types/module-types.js';
import { existingFile } from '../loader/existing-file.js';
import { shownPath } from '../loader/shown-path.js';
import { counterexampleOf, drawnOf, type Counterexample } from './counterexample.js';
import { loadTarget } from './load-target.js';
import { resultOf, signatureFor } from './result-of.js';
import { searchTarget } from './search-target.js';
import { unfinishedTarget } from './unfinished-target.js';

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
  /** What recorded histories hold, for values that the plan does not give. */
  readonly learned?: Learned | undefined;
  /** Told of what kept a workflow from being searched; the rest goes on. */
  readonly onUnusable?: ((error: Error) => void) | undefined;
  /** What earlier searches have found, for the workflows of this module: runs first. */
  readonly saved?: readonly Counterexample[] | undefined;
  /** What is known and let pass: it is found and told, but counts for no verdict. */
  readonly accepted?: readonly KnownDivergence[] | undefined;
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
  const { only = () => true, seed = '1', maxRuns = MAX_RUNS, budgetMs = BUDGET_MS, learned } = options;
  const { signal, onProgress, onUnusable, endless, onRunning } = options;
  let types: ModuleTypes | undefined;
  const zone = process.env['TZ'];
  try {
    const module = await loadTarget(file);
    const config = await loadConfig();
    types = new ModuleTypes(existingFile(file), () => module.coverage.files);
    for (const { name: workflow, run } of module.workflows) {
      if (!only(workflow) || signal?.aborted) continue;
      onProgress?.({ workflow, runs: 0 });
      try {
        const { words, coverage, fresh } = module;
        coverage.clear();
        const feed = new Feed({
          workflow,
          plan: planOf(workflow, module.plan, config),
          takesInput: takesInput(run),
          learned,
          types,
          aside: (body) => coverage.aside(body),
          words,
        });
        const accepted = new Set(
          options.accepted
            ?.filter((one) => one.workflow === workflow && one.file === shownPath(file))
            .map(({ signature }) => signature),
        );
        const endsAt = performance.now() + budgetMs;
        const searched = await searchTarget({
          target: {
            workflow,
            fresh,
            words,
            coverage,
            endless,
            onRunning,
            observed: (source) => coverage.observed(run, source),
          },
          plan: feed,
          seed,
          maxRuns,
          path: options.path,
          saved: options.saved?.filter((one) => one.workflow === workflow).map(drawnOf),
          shard: options.shard,
          isAccepted: (one) => accepted.has(signatureFor(one)),
          stopped: () => (signal?.aborted ? 'interrupted' : performance.now() > endsAt ? 'time' : undefined),
          onProgress: (runs) => onProgress?.({ workflow, runs }),
        });
        const portable = options.portable === true;
        const { unread } = coverage;
        const covered = coverage.of(run);
        const about = { workflow, file, seed, feed, portable, accepted, covered, unread };
        const target = resultOf(searched, about);
        const found = searched.found.map((one) =>
          counterexampleOf(one, { workflow, seed, signature: signatureFor(one) }),
        );
        onTarget(target, found);
      } catch (error) {
        onUnusable?.(error as Error);
        onTarget(unfinishedTarget({ workflow, file }, error as Error), []);
      }
    }
  } finally {
    types?.close();
    if (zone === undefined) delete process.env['TZ'];
    else process.env['TZ'] = zone;
  }
}

// A function that gathers all of them says nothing by its length.
function takesInput(run: Workflow['run']): boolean {
  return run.length > 0 || !/^(?:async\s*)?(?:function\b\s*\w*\s*)?\(\s*\)/.test(String(run));
}
