import { activities, workflow } from 'crashwise/engine';
import type { FuzzPlan } from 'crashwise/determinism';
import fc from 'fast-check';

export const why = 'A step is not awaited, but it was asked for in a fixed place, and nobody looks at when it ends.';

const { charge, mailReceipt, ship } = activities<{
  charge: (order: string) => string;
  mailReceipt: (charge: string) => void;
  ship: (order: string) => string;
}>();

export const right = workflow('receipt-not-awaited', async (order: string) => {
  const paid = await charge(order);
  void mailReceipt(paid);
  return ship(order);
});

export const fuzz: FuzzPlan = {
  input: fc.constantFrom('o1', 'o2'),
  results: { charge: fc.constantFrom('ch_1', 'ch_2'), mailReceipt: null, ship: 'tr_1' },
};
