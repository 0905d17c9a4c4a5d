import { activities, uuid, workflow } from 'crashwise/engine';
import type { FuzzPlan } from 'crashwise/determinism';
import fc from 'fast-check';
import type { ZooCase } from '../zoo-case.js';

export const about: ZooCase = {
  source: 'crypto',
  blame: 'crypto.randomUUID()',
  use: 'as an idempotency key',
  guard: 'recorded',
  cites: 'https://docs.goldsky.com/compose/context/side-effect',
};

const { charge, recordPayment } = activities<{
  charge: (key: string, amount: number) => string;
  recordPayment: (receipt: string) => void;
}>();

export const wrong = workflow('payment-key-random-uuid', async (amount: number) => {
  const key = crypto.randomUUID(); // <- blame
  const receipt = await charge(key, amount);
  await recordPayment(receipt);
  return receipt;
});

export const repaired = workflow('payment-key-random-uuid-repaired', async (amount: number) => {
  const key = uuid();
  const receipt = await charge(key, amount);
  await recordPayment(receipt);
  return receipt;
});

export const fuzz: FuzzPlan = {
  input: fc.integer({ min: 1, max: 900 }),
  results: { charge: (_key: string, amount: number) => `receipt-${amount}`, recordPayment: null },
};
