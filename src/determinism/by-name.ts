import type { DeterminismTarget } from '../results/index.js';

type Named = Pick<DeterminismTarget, 'file' | 'workflow'>;

/** The order of targets in a result. */
export function byName(one: Named, other: Named): number {
  const [here, there] = [`${one.file} ${one.workflow}`, `${other.file} ${other.workflow}`];
  return here < there ? -1 : here > there ? 1 : 0;
}
