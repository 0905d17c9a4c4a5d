import { activities, workflow } from 'crashwise/engine';
import type { FuzzPlan } from 'crashwise/determinism';
import fc from 'fast-check';
import type { ZooCase } from '../zoo-case.js';

export const about: ZooCase = {
  source: 'key order',
  blame: 'key order',
  use: 'JSON.stringify() of the input, as an idempotency key',
  guard: 'unseen',
  cites: 'https://github.com/2witstudios/PageSpace/pull/1073',
};

interface Payment {
  readonly invoice: string;
  readonly cents: number;
  readonly to: string;
}

const { transfer } = activities<{ transfer: (cents: number, idempotencyKey: string) => string }>();

export const wrong = workflow('payment-key-stringified', async (payment: Payment) => {
  const key = JSON.stringify(payment); // <- blame
  return transfer(payment.cents, key);
});

export const repaired = workflow('payment-key-stringified-repaired', async (payment: Payment) => {
  const { invoice, cents, to } = payment;
  return transfer(cents, JSON.stringify({ invoice, cents, to }));
});

export const fuzz: FuzzPlan = {
  input: fc.record({
    invoice: fc.constantFrom('i-1', 'i-2'),
    cents: fc.integer({ min: 1, max: 9_000 }),
    to: fc.constantFrom('BE68', 'DE89'),
  }),
  results: { transfer: fc.constantFrom('tx_1', 'tx_2') },
};
