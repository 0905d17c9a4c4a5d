import type { DeterminismResult, DeterminismTarget } from '../results/index.js';
import { byName } from './by-name.js';
import { learn } from './feed/learn.js';
import { staleIn } from './stale-in.js';
import { fuzzModule, type FuzzModuleOptions } from './fuzz-module.js';

export interface FuzzOptions extends Omit<FuzzModuleOptions, 'learned'> {
  /** Modules that export workflows, by path. */
  readonly files: readonly string[];
  /** A folder with recorded histories, for values that nobody else gives. */
  readonly learn?: string | undefined;
}

/**
 * Searches workflows for non-determinism: runs each over generated inputs, results, failures, signals and orders, and replays
 * every prefix of what was recorded in other surroundings. A replay that differs is shrunk, and what makes it differ is named.
 * Rejects with `module-not-loaded` for a module that cannot be loaded, `no-workflows` for one without workflows, and
 * `learn-unusable` for a folder without histories. A workflow whose plan cannot be used is inconclusive, and `onUnusable`
 * hears why.
 * Finding nothing proves nothing.
 *
 * @example
 * const { targets } = await fuzz({ files: ['src/workflows.ts'], maxRuns: 200 });
 * const divergent = targets.filter(({ verdict }) => verdict === 'divergent');
 */
export async function fuzz({ files, learn: folder, ...options }: FuzzOptions): Promise<DeterminismResult> {
  const began = performance.now();
  const targets: DeterminismTarget[] = [];
  const learned = folder === undefined ? undefined : learn(folder, (error) => options.onUnusable?.(error));
  for (const file of files) await fuzzModule(file, { ...options, learned }, (target) => targets.push(target));
  targets.sort(byName);
  const ms = Math.round(performance.now() - began);
  const { accepted, only, path, shard, signal, seed = '1' } = options;
  const isWhole = !only && path === undefined && !shard && !signal?.aborted;
  const stale = accepted && { stale: path === undefined && !shard ? staleIn(accepted, targets, isWhole) : [] };
  return { schema: 'crashwise/determinism@1', seed, ms, targets, ...stale };
}
