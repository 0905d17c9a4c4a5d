import type { SimulationRun } from '../results/index.js';
import { SAME_OUTCOMES } from './oracle/refinement.js';
import type { World } from './world.js';

type Description = Pick<
  SimulationRun,
  | 'scenario'
  | 'title'
  | 'pattern'
  | 'patternTitle'
  | 'runtime'
  | 'subject'
  | 'expected'
  | 'expectedProperties'
  | 'properties'
>;

/** What a result says of a run whatever was found: what was run, and what is expected of it. */
export function describeRun({ scenario, pattern }: World): Description {
  const expected = scenario.expected?.[pattern.name];
  return {
    scenario: scenario.name,
    title: scenario.title,
    pattern: pattern.name,
    patternTitle: pattern.title,
    runtime: 'reference',
    subject: pattern.subject,
    expected: expected?.verdict ?? 'proved',
    expectedProperties: [...(expected?.properties ?? [])],
    properties: [
      ...new Set([
        ...scenario.steps.map(({ property }) => property),
        ...(scenario.invariants ?? []).map(({ property }) => property),
        scenario.goal.property,
        ...(scenario.outcome ? [SAME_OUTCOMES] : []),
      ]),
    ],
  };
}
