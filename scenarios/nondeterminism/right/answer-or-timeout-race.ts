import { activities, sleep, workflow } from 'crashwise/engine';
import type { FuzzPlan } from 'crashwise/determinism';
import fc from 'fast-check';

export const why =
  'Promise.race() decides what is done next, but both sides are durable, and the history holds who was first.';

const { askBank, askAgain, open } = activities<{
  askBank: (iban: string) => boolean;
  askAgain: (iban: string) => void;
  open: (iban: string) => string;
}>();

export const right = workflow('answer-or-timeout-race', async (iban: string) => {
  const answer = askBank(iban);
  const first = await Promise.race([answer, sleep(30_000).then(() => 'late' as const)]);
  if (first === 'late') await askAgain(iban);
  return (await answer) ? open(iban) : 'refused';
});

export const fuzz: FuzzPlan = {
  input: fc.constantFrom('BE68', 'DE89'),
  results: { askBank: fc.boolean(), askAgain: null, open: 'acc_1' },
};
