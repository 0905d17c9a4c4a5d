import { activities, workflow } from 'crashwise/engine';
import type { FuzzPlan } from 'crashwise/determinism';
import fc from 'fast-check';
import type { ZooCase } from '../zoo-case.js';

export const about: ZooCase = {
  source: 'garbage collection',
  blame: 'garbage collection',
  use: 'deref() of a list that is kept from import on, to load it again or not',
  guard: 'unseen',
};

type Prices = Readonly<Record<string, number>>;

const KEEP_MS = 600_000;

const { loadPrices, charge } = activities<{
  loadPrices: () => Prices;
  charge: (sku: string, euros: number) => string;
}>();

// Kept for ten minutes, then for as long as there is memory.
let fresh: Prices | undefined = { lamp: 40, desk: 210 };
const prices = new WeakRef(fresh);
setTimeout(() => {
  fresh = undefined;
}, KEEP_MS).unref();

export const wrong = workflow('price-list-weakly-kept', async (sku: string) => {
  const list = prices.deref() ?? (await loadPrices()); // <- blame
  return charge(sku, list[sku] ?? 0);
});

export const repaired = workflow('price-list-weakly-kept-repaired', async (sku: string) => {
  const list = await loadPrices();
  return charge(sku, list[sku] ?? 0);
});

export const fuzz: FuzzPlan = {
  input: fc.constantFrom('lamp', 'desk'),
  results: { loadPrices: fc.record({ lamp: fc.nat(60), desk: fc.nat(300) }), charge: 'ch_1' },
};
