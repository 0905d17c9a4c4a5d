import { activities, workflow } from 'crashwise/engine';
import type { FuzzPlan } from 'crashwise/determinism';
import fc from 'fast-check';
import type { ZooCase } from '../zoo-case.js';

export const about: ZooCase = {
  source: 'key order',
  blame: 'key order',
  use: 'the order of an addition of fractions, which changes the last digit of an argument',
  guard: 'unseen',
};

type Shares = Readonly<Record<string, number>>;

const { loadShares, payDividend } = activities<{
  loadShares: (fund: string) => Shares;
  payDividend: (fund: string, total: number) => string;
}>();

const add = (sum: number, share: number): number => sum + share;

export const wrong = workflow('shares-added-as-floats', async (fund: string) => {
  const shares = await loadShares(fund);
  const total = Object.values(shares).reduce(add, 0); // <- blame
  return payDividend(fund, total);
});

export const repaired = workflow('shares-added-as-floats-repaired', async (fund: string) => {
  const shares = await loadShares(fund);
  const total = Object.values(shares)
    .sort((a, b) => a - b)
    .reduce(add, 0);
  return payDividend(fund, total);
});

const share = fc.constantFrom(0.1, 0.2, 0.3, 0.7, 1.1);

export const fuzz: FuzzPlan = {
  input: fc.constantFrom('north', 'south'),
  results: { loadShares: fc.record({ bram: share, ada: share, edith: share, cy: share }), payDividend: 'paid' },
};
