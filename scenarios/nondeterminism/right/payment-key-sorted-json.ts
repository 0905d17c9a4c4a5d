import { activities, workflow } from 'crashwise/engine';
import type { FuzzPlan } from 'crashwise/determinism';
import fc from 'fast-check';

export const why = 'JSON.stringify() makes a key of the input, but of its keys in a sorted order.';

type Payment = Readonly<Record<string, string | number>>;

const { transfer } = activities<{ transfer: (payment: Payment, key: string) => string }>();

const sorted = (_key: string, value: unknown): unknown =>
  typeof value === 'object' && value !== null && !Array.isArray(value)
    ? Object.fromEntries(Object.entries(value).sort(([a], [b]) => (a < b ? -1 : 1)))
    : value;

export const right = workflow('payment-key-sorted-json', async (payment: Payment) =>
  transfer(payment, JSON.stringify(payment, sorted)),
);

export const fuzz: FuzzPlan = {
  input: fc.record({
    to: fc.constantFrom('BE68', 'DE89'),
    invoice: fc.constantFrom('i-1', 'i-2'),
    cents: fc.nat(9_000),
  }),
  results: { transfer: fc.constantFrom('tx_1', 'tx_2') },
};
