import { activities, workflow } from 'crashwise/engine';
import type { FuzzPlan } from 'crashwise/determinism';
import fc from 'fast-check';
import type { ZooCase } from '../zoo-case.js';

export const about: ZooCase = {
  source: 'module state',
  blame: 'module state',
  use: 'a cache of what an activity answered, so that it is not asked again',
  guard: 'unseen',
  cites: 'https://github.com/pydantic/pydantic-ai/issues/5875',
};

interface Payout {
  readonly currency: string;
  readonly amount: number;
}

const { fetchRate, bookPayout } = activities<{
  fetchRate: (currency: string) => number;
  bookPayout: (euros: number) => string;
}>();

const rates = new Map<string, number>();

export const wrong = workflow('exchange-rate-memo', async ({ currency, amount }: Payout) => {
  let rate = rates.get(currency); // <- blame
  if (rate === undefined) {
    rate = await fetchRate(currency);
    rates.set(currency, rate);
  }
  return bookPayout(amount * rate);
});

export const repaired = workflow('exchange-rate-memo-repaired', async ({ currency, amount }: Payout) => {
  const rate = await fetchRate(currency);
  return bookPayout(amount * rate);
});

export const fuzz: FuzzPlan = {
  input: fc.record({ currency: fc.constantFrom('USD', 'CHF', 'SEK'), amount: fc.integer({ min: 1, max: 900 }) }),
  results: { fetchRate: fc.constantFrom(0.09, 0.92, 1.05), bookPayout: 'booked' },
};
