import { simulate, type Scenario, type SimulateOptions } from 'crashwise/simulator';
import type { SimulationRun } from '../../src/results/index.js';

/** One scenario under one of its patterns, to closure. Scenarios of any services. */
export async function run(
  scenario: object,
  pattern: string,
  options: Omit<SimulateOptions, 'scenarios' | 'patterns'> = {},
): Promise<SimulationRun> {
  const { runs } = await simulate({ scenarios: [scenario as Scenario], patterns: [pattern], ...options });
  return runs[0]!;
}

/** What a test says of a run: the verdict, whether the search was closed, and what was broken, after how many crashes. */
export async function outcomeOf(...args: Parameters<typeof run>) {
  const { verdict, closed, violations } = await run(...args);
  const broken = violations.map(({ property, crashes, sentence }) => `${property}, ${crashes}: ${sentence}`);
  return { verdict, closed, broken };
}

export const PROVED = { verdict: 'proved', closed: true, broken: [] };
