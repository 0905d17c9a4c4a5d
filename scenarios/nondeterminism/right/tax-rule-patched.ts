import { activities, patched, workflow } from 'crashwise/engine';
import type { FuzzPlan } from 'crashwise/determinism';
import fc from 'fast-check';

export const why = 'It asks whether the code is the new one, but the answer is recorded the first time.';

const { netOf, bookOld, bookNew } = activities<{
  netOf: (invoice: string) => number;
  bookOld: (invoice: string, net: number) => string;
  bookNew: (invoice: string, net: number, tax: number) => string;
}>();

export const right = workflow('tax-rule-patched', async (invoice: string) => {
  const net = await netOf(invoice);
  return patched('tax-in-cents') ? bookNew(invoice, net, Math.round(net * 0.21)) : bookOld(invoice, net);
});

export const fuzz: FuzzPlan = {
  input: fc.constantFrom('i-1', 'i-2'),
  results: { netOf: fc.nat(90_000), bookOld: 'old', bookNew: 'new' },
};
