import { activities, workflow } from 'crashwise/engine';
import type { FuzzPlan } from 'crashwise/determinism';
import fc from 'fast-check';
import type { ZooCase } from '../zoo-case.js';

export const about: ZooCase = {
  source: 'locale',
  blame: 'Intl.NumberFormat()',
  use: 'without a locale, for a price in the result',
  guard: 'refused',
};

const { priceOf, reserve } = activities<{
  priceOf: (product: string) => number;
  reserve: (product: string) => boolean;
}>();
const EUROS = { style: 'currency', currency: 'EUR' } as const;

export const wrong = workflow('quote-number-format', async (product: string) => {
  const price = await priceOf(product);
  const reserved = await reserve(product);
  const text = new Intl.NumberFormat(undefined, EUROS).format(price); // <- blame
  return { reserved, text };
});

export const repaired = workflow('quote-number-format-repaired', async (product: string) => {
  const price = await priceOf(product);
  const reserved = await reserve(product);
  const text = new Intl.NumberFormat('de-DE', EUROS).format(price);
  return { reserved, text };
});

export const fuzz: FuzzPlan = {
  input: fc.constantFrom('desk', 'lamp'),
  results: { priceOf: fc.integer({ min: 5, max: 5_000 }), reserve: fc.boolean() },
};
