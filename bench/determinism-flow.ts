import { activities, workflow } from 'crashwise/engine';
import type { FuzzPlan } from 'crashwise/determinism';

const { step } = activities<{ step: (n: number) => { n: number } }>();

/** Ten steps, one after the other. */
export const tenSteps = workflow('ten-steps', async () => {
  let sum = 0;
  for (let n = 1; n <= 10; n += 1) sum += (await step(n)).n;
  return sum;
});

export const fuzz: FuzzPlan = { results: { step: (n: number) => ({ n }) }, failures: { step: [] } };
