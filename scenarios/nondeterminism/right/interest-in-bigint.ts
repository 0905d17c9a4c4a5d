import { activities, workflow } from 'crashwise/engine';
import type { FuzzPlan } from 'crashwise/determinism';
import fc from 'fast-check';

export const why = 'Interest is computed without rounding, but in whole numbers, which come out the same everywhere.';

const { loadBalance, credit } = activities<{
  loadBalance: (account: string) => string;
  credit: (account: string, cents: string) => void;
}>();

export const right = workflow('interest-in-bigint', async (account: string) => {
  const balance = BigInt(await loadBalance(account));
  const interest = (balance * 275n) / 10_000n;
  if (interest > 0n) await credit(account, interest.toString());
  return interest.toString();
});

export const fuzz: FuzzPlan = {
  input: fc.constantFrom('a1', 'a2'),
  results: { loadBalance: fc.nat(9_000_000).map(String), credit: null },
};
