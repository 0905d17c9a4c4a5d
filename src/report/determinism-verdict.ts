import type { DeterminismTarget } from '../results/determinism.js';
import { EXIT } from '../results/exit-codes.js';

/** 1 if a workflow is divergent, else 4 if one is inconclusive (0 with `failOn: 'findings'`), else 0. */
export function determinismExitCode(
  targets: readonly Pick<DeterminismTarget, 'verdict'>[],
  { failOn }: { readonly failOn?: 'findings' | undefined } = {},
): 0 | 1 | 4 {
  const verdicts = new Set(targets.map(({ verdict }) => verdict));
  if (verdicts.has('divergent')) return EXIT.FINDINGS;
  return verdicts.has('inconclusive') && failOn !== 'findings' ? EXIT.INCONCLUSIVE : EXIT.CLEAN;
}
