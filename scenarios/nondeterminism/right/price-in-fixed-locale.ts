import { activities, workflow } from 'crashwise/engine';
import type { FuzzPlan } from 'crashwise/determinism';
import fc from 'fast-check';

export const why = 'It formats money with toLocaleString(), but names the locale, so the machine is not asked.';

const { loadPrice, sendOffer } = activities<{
  loadPrice: (sku: string) => number;
  sendOffer: (sku: string, text: string) => void;
}>();

export const right = workflow('price-in-fixed-locale', async (sku: string) => {
  const euros = await loadPrice(sku);
  const text = euros.toLocaleString('en-IE', { style: 'currency', currency: 'EUR' });
  await sendOffer(sku, text);
  return text;
});

export const fuzz: FuzzPlan = {
  input: fc.constantFrom('lamp', 'desk'),
  results: { loadPrice: fc.integer({ min: 1, max: 90_000 }), sendOffer: null },
};
