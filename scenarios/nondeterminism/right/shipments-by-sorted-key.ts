import { activities, workflow } from 'crashwise/engine';
import type { FuzzPlan } from 'crashwise/determinism';
import fc from 'fast-check';

export const why = 'The order of steps comes from the keys of a result, but they are sorted first.';

const { loadStock, ship } = activities<{
  loadStock: (sku: string) => Readonly<Record<string, number>>;
  ship: (warehouse: string, count: number) => void;
}>();

export const right = workflow('shipments-by-sorted-key', async (sku: string) => {
  const stock = await loadStock(sku);
  const byName = Object.entries(stock).sort(([a], [b]) => (a < b ? -1 : 1));
  for (const [warehouse, count] of byName) if (count > 0) await ship(warehouse, count);
  return byName.length;
});

export const fuzz: FuzzPlan = {
  input: fc.constantFrom('lamp', 'desk'),
  results: { loadStock: fc.record({ rotterdam: fc.nat(3), ghent: fc.nat(3), ulm: fc.nat(3) }), ship: null },
};
