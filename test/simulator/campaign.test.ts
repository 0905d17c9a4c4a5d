import { simulate, type Scenario } from 'crashwise/simulator';
import { describe, expect, test } from 'vitest';
import { durableSteps, toyScenario } from './toy.js';

async function search(scenario: Scenario, options: Parameters<typeof simulate>[0] extends infer O ? Partial<O> : never = {}) {
  const { runs } = await simulate({ scenarios: [scenario], maxRuns: 200, ...options });
  return runs[0]!;
}
test('x', async () => {
  console.time('a');
  const one = await search(toyScenario([durableSteps(2, false)], ['step 1', 'step 2']), { faults: ['all'] });
  console.timeEnd('a');
  console.log(JSON.stringify({ ...one, certificate: 0, matrix: 0 }, null, 1));
  console.time('b');
  const two = await search(toyScenario([durableSteps(2, true)], ['step 1', 'step 2']), { faults: ['error', 'timeout-after', 'late'] });
  console.timeEnd('b');
  console.log(JSON.stringify({ ...two, certificate: 0, matrix: 0 }, null, 1));
});
