import { activities, workflow } from 'crashwise/engine';
import type { FuzzPlan } from 'crashwise/determinism';
import fc from 'fast-check';
import type { ZooCase } from '../zoo-case.js';

export const about: ZooCase = {
  source: 'locale',
  blame: 'Number.prototype.toLocaleString()',
  use: 'for an amount in the text of a mail',
  guard: 'refused',
};

const { totalOf, sendReceipt } = activities<{
  totalOf: (order: string) => number;
  sendReceipt: (order: string, text: string) => void;
}>();

export const wrong = workflow('receipt-to-locale-string', async (order: string) => {
  const total = await totalOf(order);
  const amount = total.toLocaleString(); // <- blame
  await sendReceipt(order, `You have paid ${amount} euros.`);
});

export const repaired = workflow('receipt-to-locale-string-repaired', async (order: string) => {
  const total = await totalOf(order);
  const amount = total.toLocaleString('en-US');
  await sendReceipt(order, `You have paid ${amount} euros.`);
});

export const fuzz: FuzzPlan = {
  input: fc.constantFrom('o-1', 'o-2'),
  results: { totalOf: fc.integer({ min: 1, max: 10_000_000 }).map((cents) => cents / 100), sendReceipt: null },
};
