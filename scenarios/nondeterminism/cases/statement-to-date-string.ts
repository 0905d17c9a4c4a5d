import { activities, workflow } from 'crashwise/engine';
import type { FuzzPlan } from 'crashwise/determinism';
import fc from 'fast-check';
import type { ZooCase } from '../zoo-case.js';

export const about: ZooCase = {
  source: 'time zone',
  blame: 'Date.prototype.toDateString()',
  use: 'for the day that a mail names',
  guard: 'refused',
  cites: 'https://github.com/nn1dev/website/pull/194',
};

const { nextPayment, sendMail } = activities<{
  nextPayment: (account: string) => number;
  sendMail: (account: string, text: string) => void;
}>();

export const wrong = workflow('statement-to-date-string', async (account: string) => {
  const dueAt = await nextPayment(account);
  const day = new Date(dueAt).toDateString(); // <- blame
  await sendMail(account, `Your next payment is due on ${day}.`);
});

export const repaired = workflow('statement-to-date-string-repaired', async (account: string) => {
  const dueAt = await nextPayment(account);
  const day = new Date(dueAt).toISOString().slice(0, 10);
  await sendMail(account, `Your next payment is due on ${day}.`);
});

export const fuzz: FuzzPlan = {
  input: fc.constantFrom('ada', 'grace'),
  results: { nextPayment: fc.integer({ min: 1_760_000_000_000, max: 1_790_000_000_000 }), sendMail: null },
};
