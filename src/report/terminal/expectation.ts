import type { SimulationRun } from '../../results/index.js';
import { judge } from '../verdict.js';

/** Whether a run came out as its scenario says. An inconclusive run did neither. */
export function asExpected(run: SimulationRun): boolean {
  return judge(run) === 'clean';
}

/** What the scenario says of this pattern, to stand beside what came out instead. */
export function expectationOf({ pattern, expected, expectedProperties }: SimulationRun): string {
  if (expected === 'proved') return `${pattern} should be proved.`;
  return `${pattern} should break ${expectedProperties.join(', ') || 'a property'}, and nothing else.`;
}
