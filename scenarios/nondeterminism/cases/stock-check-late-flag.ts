import { activities, now, workflow } from 'crashwise/engine';
import type { FuzzPlan } from 'crashwise/determinism';
import fc from 'fast-check';
import type { ZooCase } from '../zoo-case.js';

export const about: ZooCase = {
  source: 'latency',
  blame: 'setTimeout()',
  use: 'sets a flag that chooses the next activity',
  guard: 'refused',
};

const LATE_AFTER_MS = 20;

const { checkStock, shipExpress, shipStandard } = activities<{
  checkStock: (sku: string) => number;
  shipExpress: (sku: string) => string;
  shipStandard: (sku: string) => string;
}>();

export const wrong = workflow('stock-check-late-flag', async (sku: string) => {
  let isLate = false;
  const markLate = (): void => {
    isLate = true;
  };
  setTimeout(markLate, LATE_AFTER_MS); // <- blame
  await checkStock(sku);
  return isLate ? shipExpress(sku) : shipStandard(sku);
});

export const repaired = workflow('stock-check-late-flag-repaired', async (sku: string) => {
  const askedAt = now();
  await checkStock(sku);
  const isLate = now() - askedAt > LATE_AFTER_MS;
  return isLate ? shipExpress(sku) : shipStandard(sku);
});

export const fuzz: FuzzPlan = {
  input: fc.constantFrom('lamp', 'desk'),
  results: { checkStock: fc.nat(20), shipExpress: 'tr_1', shipStandard: 'tr_2' },
};
