import type { SimulationRun, SimulationViolation } from '../../results/index.js';
import { judge } from '../verdict.js';

/** How one property of one run counts. `undecided` is never a pass: nothing was said of it. */
export interface Case {
  readonly property: string;
  readonly outcome: 'passed' | 'failed' | 'undecided';
  readonly violation: SimulationViolation | undefined;
}

/** Stands for the run where none of its properties is to blame. */
const WHOLE = 'verdict';

/**
 * The properties of a run, each with its outcome, so that one has `failed` if and only if the run is a finding for the
 * exit code, and none has passed in a run that was not decided.
 */
export function casesOf(run: SimulationRun): Case[] {
  const { properties, expectedProperties, violations, verdict, expected, stoppedBy } = run;
  const names = new Set([...properties, ...expectedProperties, ...violations.map(({ property }) => property)]);
  const cases = [...names].map((property): Case => {
    const violation = violations.find((one) => one.property === property);
    const isExpected = expectedProperties.includes(property);
    const result = (outcome: Case['outcome']): Case => ({ property, outcome, violation });
    if (violation && !isExpected) return result('failed');
    if (verdict === 'inconclusive' || (!violation && stoppedBy !== 'closed')) return result('undecided');
    // One that should break and does not fails only where the whole verdict is another one: as the exit code.
    return result(isExpected && verdict !== expected ? 'failed' : 'passed');
  });
  const outcome = { clean: undefined, finding: 'failed', open: 'undecided' } as const;
  const missing = outcome[judge(run)];
  if (missing === undefined || cases.some((one) => one.outcome === missing)) return cases;
  return [...cases, { property: WHOLE, outcome: missing, violation: undefined }];
}
