import { activities, now, workflow } from 'crashwise/engine';
import type { FuzzPlan } from 'crashwise/determinism';
import fc from 'fast-check';
import type { ZooCase } from '../zoo-case.js';

export const about: ZooCase = {
  source: 'clock',
  blame: 'Date.now()',
  use: 'at import, for the name of a batch in an argument',
  guard: 'unseen',
};

const startedAt = Date.now(); // <- blame
const { collectEntries, bookBatch } = activities<{
  collectEntries: (ledger: string) => number;
  bookBatch: (ledger: string, batch: string) => void;
}>();

export const wrong = workflow('import-time-batch', async (ledger: string) => {
  const entries = await collectEntries(ledger);
  if (entries > 0) await bookBatch(ledger, `batch-${startedAt}`);
  return entries;
});

export const repaired = workflow('import-time-batch-repaired', async (ledger: string) => {
  const openedAt = now();
  const entries = await collectEntries(ledger);
  if (entries > 0) await bookBatch(ledger, `batch-${openedAt}`);
  return entries;
});

export const fuzz: FuzzPlan = {
  input: fc.constantFrom('sales', 'payroll'),
  results: { collectEntries: fc.nat(20), bookBatch: null },
};
