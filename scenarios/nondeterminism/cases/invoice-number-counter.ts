import { activities, workflow } from 'crashwise/engine';
import type { FuzzPlan } from 'crashwise/determinism';
import fc from 'fast-check';
import type { ZooCase } from '../zoo-case.js';

export const about: ZooCase = {
  source: 'module state',
  blame: 'module state',
  use: 'a counter, as part of an argument',
  guard: 'unseen',
};

interface Order {
  readonly id: string;
  readonly cents: number;
}

const { priceOrder, takeInvoiceNumber, issueInvoice } = activities<{
  priceOrder: (id: string) => number;
  takeInvoiceNumber: () => number;
  issueInvoice: (orderId: string, invoice: string, cents: number) => void;
}>();

let lastNumber = 0;

export const wrong = workflow('invoice-number-counter', async (order: Order) => {
  const shipping = await priceOrder(order.id);
  const invoice = `INV-${(lastNumber += 1)}`; // <- blame
  await issueInvoice(order.id, invoice, order.cents + shipping);
  return 'invoiced';
});

export const repaired = workflow('invoice-number-counter-repaired', async (order: Order) => {
  const shipping = await priceOrder(order.id);
  const number = await takeInvoiceNumber();
  await issueInvoice(order.id, `INV-${number}`, order.cents + shipping);
  return 'invoiced';
});

export const fuzz: FuzzPlan = {
  input: fc.record({ id: fc.constantFrom('o1', 'o2'), cents: fc.nat(50_000) }),
  results: { priceOrder: fc.constantFrom(0, 490), takeInvoiceNumber: fc.nat(9_999), issueInvoice: null },
};
