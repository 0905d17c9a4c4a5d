import { activities, workflow } from 'crashwise/engine';
import type { FuzzPlan } from 'crashwise/determinism';
import fc from 'fast-check';

export const why = 'It adds up the values of a payload in whatever order they come, but whole numbers make one sum.';

const { loadFees, charge } = activities<{
  loadFees: (account: string) => Readonly<Record<string, number>>;
  charge: (account: string, cents: number) => string;
}>();

export const right = workflow('cents-summed-unsorted', async (account: string) => {
  const fees = await loadFees(account);
  const cents = Object.values(fees).reduce((sum, fee) => sum + fee, 0);
  const dearest = Math.max(...Object.values(fees));
  return dearest > 900 ? 'to be looked at' : charge(account, cents);
});

export const fuzz: FuzzPlan = {
  input: fc.constantFrom('a1', 'a2'),
  results: { loadFees: fc.record({ monthly: fc.nat(900), card: fc.nat(950), abroad: fc.nat(400) }), charge: 'ch_1' },
};
