import { activities, now, workflow } from 'crashwise/engine';
import type { FuzzPlan } from 'crashwise/determinism';
import fc from 'fast-check';
import type { ZooCase } from '../zoo-case.js';

export const about: ZooCase = {
  source: 'clock',
  blame: 'performance.now()',
  use: 'twice, for a measured duration in the result',
  guard: 'recorded',
};

const { importRows } = activities<{ importRows: (file: string) => number }>();
const clock = (): number => performance.now(); // <- blame

export const wrong = workflow('performance-now-duration', async (file: string) => {
  const startedAt = clock();
  const rows = await importRows(file);
  return { rows, tookMs: clock() - startedAt };
});

export const repaired = workflow('performance-now-duration-repaired', async (file: string) => {
  const startedAt = now();
  const rows = await importRows(file);
  return { rows, tookMs: now() - startedAt };
});

export const fuzz: FuzzPlan = {
  input: fc.constantFrom('customers.csv', 'orders.csv'),
  results: { importRows: fc.nat(10_000) },
};
