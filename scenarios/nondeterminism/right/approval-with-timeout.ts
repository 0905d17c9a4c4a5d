import { activities, condition, defineSignal, setHandler, workflow } from 'crashwise/engine';
import type { FuzzPlan } from 'crashwise/determinism';
import fc from 'fast-check';

export const why = 'It waits for whichever comes first, a person or a deadline, but both are in the history.';

const decide = defineSignal<[isApproved: boolean]>('decide');

const { ask, pay } = activities<{ ask: (expense: string) => void; pay: (expense: string) => string }>();

export const right = workflow('approval-with-timeout', async (expense: string) => {
  let isApproved: boolean | undefined;
  setHandler(decide, (answer) => {
    isApproved ??= answer;
  });
  await ask(expense);
  const isDecided = await condition(() => isApproved !== undefined, 3_600_000);
  if (!isDecided) return 'expired';
  return isApproved ? pay(expense) : 'refused';
});

export const fuzz: FuzzPlan = {
  input: fc.constantFrom('taxi', 'hotel'),
  results: { ask: null, pay: 'paid' },
  signals: { decide: fc.tuple(fc.boolean()) },
};
