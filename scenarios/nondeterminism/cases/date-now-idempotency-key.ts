import { activities, workflow, workflowInfo } from 'crashwise/engine';
import type { FuzzPlan } from 'crashwise/determinism';
import fc from 'fast-check';
import type { ZooCase } from '../zoo-case.js';

export const about: ZooCase = {
  source: 'clock',
  blame: 'Date.now()',
  use: 'in an idempotency key',
  guard: 'recorded',
};

const { charge, sendReceipt } = activities<{
  charge: (order: string, amount: number, key: string) => string;
  sendReceipt: (order: string, receipt: string) => void;
}>();

interface Order {
  readonly id: string;
  readonly amount: number;
}

export const wrong = workflow('date-now-idempotency-key', async ({ id, amount }: Order) => {
  const key = `${id}-${Date.now()}`; // <- blame
  await sendReceipt(id, await charge(id, amount, key));
});

export const repaired = workflow('date-now-idempotency-key-repaired', async ({ id, amount }: Order) => {
  const key = `${id}-${workflowInfo().id}`;
  await sendReceipt(id, await charge(id, amount, key));
});

export const fuzz: FuzzPlan = {
  input: fc.record({ id: fc.constantFrom('o-1', 'o-2'), amount: fc.integer({ min: 1, max: 500 }) }),
  results: { charge: (order: string) => `receipt-${order}`, sendReceipt: null },
};
