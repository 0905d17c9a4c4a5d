import type { DeterminismResult, DeterminismTarget } from '../results/index.js';
import { byName } from './by-name.js';
import { fuzzModule, type FuzzModuleOptions } from './fuzz-module.js';

export interface FuzzOptions extends FuzzModuleOptions {
  /** Modules that export workflows, by path. */
  readonly files: readonly string[];
}

/**
 * Searches workflows for non-determinism: runs each over generated inputs, results, failures, signals and orders, and replays
 * every prefix of what was recorded in other surroundings. A replay that differs is shrunk, and what makes it differ is named.
 * Rejects with `module-not-loaded` for a module that cannot be loaded, and `no-workflows` for one without workflows.
 * Finding nothing proves nothing.
 *
 * @example
 * const { targets } = await fuzz({ files: ['src/workflows.ts'], maxRuns: 200 });
 * const divergent = targets.filter(({ verdict }) => verdict === 'divergent');
 */
export async function fuzz({ files, ...options }: FuzzOptions): Promise<DeterminismResult> {
  const began = performance.now();
  const targets: DeterminismTarget[] = [];
  for (const file of files) await fuzzModule(file, options, (target) => targets.push(target));
  targets.sort(byName);
  const ms = Math.round(performance.now() - began);
  return { schema: 'crashwise/determinism@1', seed: options.seed ?? '1', ms, targets };
}
