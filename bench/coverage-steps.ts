import { activities, workflow } from 'crashwise/engine';

const { step } = activities<{ step: (n: number) => number }>();

/** Ten steps in a row, with a branch in each. */
export const steps = workflow('steps', async () => {
  let sum = 0;
  for (let n = 1; n <= 10; n += 1) {
    const found = await step(n);
    sum += found > 50 ? double(found) : found;
  }
  return sum;
});

function double(value: number): number {
  return value < 0 ? 0 : value * 2;
}
