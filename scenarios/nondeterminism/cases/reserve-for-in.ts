import { activities, workflow } from 'crashwise/engine';
import type { FuzzPlan } from 'crashwise/determinism';
import fc from 'fast-check';
import type { ZooCase } from '../zoo-case.js';

export const about: ZooCase = {
  source: 'key order',
  blame: 'key order',
  use: 'a for...in loop over a result, as the order of steps',
  guard: 'unseen',
  cites: 'https://github.com/banzaicloud/pipeline/issues/2155',
};

type Stock = Readonly<Record<string, number>>;

const { loadStock, reserve } = activities<{
  loadStock: (sku: string) => Stock;
  reserve: (sku: string, warehouse: string) => void;
}>();

export const wrong = workflow('reserve-for-in', async (sku: string) => {
  const stock = await loadStock(sku);
  const warehouses: string[] = [];
  for (const warehouse in stock) warehouses.push(warehouse); // <- blame
  for (const warehouse of warehouses) {
    if ((stock[warehouse] ?? 0) > 0) await reserve(sku, warehouse);
  }
  return 'reserved';
});

export const repaired = workflow('reserve-for-in-repaired', async (sku: string) => {
  const stock = await loadStock(sku);
  for (const warehouse of Object.keys(stock).sort()) {
    if ((stock[warehouse] ?? 0) > 0) await reserve(sku, warehouse);
  }
  return 'reserved';
});

export const fuzz: FuzzPlan = {
  input: fc.constantFrom('lamp', 'desk'),
  results: { loadStock: fc.record({ rotterdam: fc.nat(3), ghent: fc.nat(3), ulm: fc.nat(3) }), reserve: null },
};
