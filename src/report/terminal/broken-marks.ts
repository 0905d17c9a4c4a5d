import type { Mark, SimulationViolation } from '../../results/index.js';

/** What the violations of a run are, as the marks of the matrix, from best to worst. */
export function brokenMarks(violations: readonly Pick<SimulationViolation, 'kind' | 'story'>[]): Mark[] {
  const marks = new Set(violations.map(markOf));
  return (['twice', 'invariant', 'other-outcome', 'never-ends'] as const).filter((mark) => marks.has(mark));
}

function markOf({ kind, story }: Pick<SimulationViolation, 'kind' | 'story'>): Mark {
  if (kind === 'invariant') return 'invariant';
  if (kind === 'refinement') return 'other-outcome';
  // A count that shows only when all is over was not reached.
  return kind === 'ledger' && story.at(-1)?.kind !== 'rest' ? 'twice' : 'never-ends';
}
