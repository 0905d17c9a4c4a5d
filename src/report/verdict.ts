import { EXIT } from '../results/exit-codes.js';
import type { Mutants, SimulationResult, SimulationRun } from '../results/simulation.js';

type Judged = Pick<SimulationRun, 'verdict' | 'expected' | 'expectedProperties'> & {
  readonly violations: readonly Pick<SimulationRun['violations'][number], 'property'>[];
  readonly mutants?: Pick<Mutants, 'survived' | 'inconclusive'> | undefined;
};

/** How one run counts: as it was expected, as a finding, or as not decided. */
export function judge({ verdict, expected, expectedProperties, violations }: Judged): 'clean' | 'finding' | 'open' {
  const unexpected = violations.some(({ property }) => !expectedProperties.includes(property));
  if (unexpected) return 'finding';
  if (verdict === expected) return 'clean';
  return verdict === 'inconclusive' ? 'open' : 'finding';
}

/** How the mutants of a run count: a survivor is a finding. */
export function judgeMutants({ mutants }: Pick<Judged, 'mutants'>): 'clean' | 'finding' | 'open' {
  if (mutants === undefined) return 'clean';
  return mutants.survived > 0 ? 'finding' : mutants.inconclusive > 0 ? 'open' : 'clean';
}

/**
 * The exit code of a simulation: 1 if a run has another verdict than expected or breaks a property outside
 * `expectedProperties`, or if a mutant survives, else 4 if a run or a mutant was not decided (0 with `failOn: 'findings'`), else 0.
 */
export function exitCodeOf(
  result: { readonly runs: readonly Judged[] } | SimulationResult,
  options: { readonly failOn?: 'findings' | undefined } = {},
): 0 | 1 | 4 {
  const counts = new Set(result.runs.flatMap((run: Judged) => [judge(run), judgeMutants(run)]));
  if (counts.has('finding')) return EXIT.FINDINGS;
  if (counts.has('open') && options.failOn !== 'findings') return EXIT.INCONCLUSIVE;
  return EXIT.CLEAN;
}
