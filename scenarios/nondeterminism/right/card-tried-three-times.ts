import { activities, sleep, workflow } from 'crashwise/engine';
import type { FuzzPlan } from 'crashwise/determinism';
import fc from 'fast-check';

export const why = 'How often a step runs is not fixed, but each failure is in the history, and the count is local.';

const { charge, giveUp } = activities<{
  charge: (card: string) => string;
  giveUp: (card: string, failed: number) => void;
}>({ retry: { maximumAttempts: 1 } });

export const right = workflow('card-tried-three-times', async (card: string) => {
  let failed = 0;
  while (failed < 3) {
    try {
      return await charge(card);
    } catch {
      failed += 1;
      await sleep(failed * 60_000);
    }
  }
  await giveUp(card, failed);
  return 'unpaid';
});

export const fuzz: FuzzPlan = {
  input: fc.constantFrom('visa', 'amex'),
  results: { charge: fc.constantFrom('ch_1', 'ch_2'), giveUp: null },
  failures: { charge: ['CardDeclined', 'Error'], giveUp: [] },
};
