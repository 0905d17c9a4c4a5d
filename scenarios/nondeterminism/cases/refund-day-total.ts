import { activities, workflow } from 'crashwise/engine';
import type { FuzzPlan } from 'crashwise/determinism';
import fc from 'fast-check';
import type { ZooCase } from '../zoo-case.js';

export const about: ZooCase = {
  source: 'module state',
  blame: 'module state',
  use: 'an object that a closure of the module adds up in, in the result',
  guard: 'unseen',
};

interface Refund {
  readonly order: string;
  readonly cents: number;
}

const { payBack, addToDayTotal } = activities<{
  payBack: (order: string, cents: number) => string;
  addToDayTotal: (cents: number) => number;
}>();

const day = { refunds: 0, cents: 0 };
const track = (cents: number): void => {
  day.refunds += 1;
  day.cents += cents;
};

export const wrong = workflow('refund-day-total', async ({ order, cents }: Refund) => {
  const receipt = await payBack(order, cents);
  track(cents);
  return { receipt, refundsToday: day.refunds }; // <- blame
});

export const repaired = workflow('refund-day-total-repaired', async ({ order, cents }: Refund) => {
  const receipt = await payBack(order, cents);
  return { receipt, refundsToday: await addToDayTotal(cents) };
});

export const fuzz: FuzzPlan = {
  input: fc.record({ order: fc.constantFrom('o1', 'o2'), cents: fc.integer({ min: 1, max: 9_000 }) }),
  results: { payBack: fc.constantFrom('re_1', 're_2'), addToDayTotal: fc.nat(90) },
};
