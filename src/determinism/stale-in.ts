import type { DeterminismTarget, KnownDivergence } from '../results/index.js';

/**
 * What is accepted and is not there any more. Only a search that made all of its runs says so; and only if `isWhole`, if no
 * workflow was left out, is one that is missing gone.
 */
export function staleIn(
  accepted: readonly KnownDivergence[],
  targets: readonly DeterminismTarget[],
  isWhole: boolean,
): KnownDivergence[] {
  return accepted.filter(({ workflow, file, signature }) => {
    const ofFile = targets.filter((target) => target.file === file);
    const target = ofFile.find((one) => one.workflow === workflow);
    if (!target) return isWhole && ofFile.length > 0;
    return target.stoppedBy === 'runs' && !target.divergences.some((one) => one.signature === signature);
  });
}
