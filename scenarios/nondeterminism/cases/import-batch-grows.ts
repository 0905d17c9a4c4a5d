import { activities, workflow } from 'crashwise/engine';
import type { FuzzPlan } from 'crashwise/determinism';
import fc from 'fast-check';
import type { ZooCase } from '../zoo-case.js';

export const about: ZooCase = {
  source: 'module state',
  blame: 'module state',
  use: 'a size that earlier executions have learnt, as the number of steps',
  guard: 'unseen',
};

const { countRows, importBatch } = activities<{
  countRows: (file: string) => number;
  importBatch: (file: string, batch: number) => void;
}>();

const MAX_ROWS = 64;
let rowsPerBatch = 4;

export const wrong = workflow('import-batch-grows', async (file: string) => {
  const rows = await countRows(file);
  const batches = Math.ceil(rows / rowsPerBatch); // <- blame
  for (let batch = 0; batch < batches; batch += 1) await importBatch(file, batch);
  rowsPerBatch = Math.min(rowsPerBatch * 2, MAX_ROWS);
  return rows;
});

export const repaired = workflow('import-batch-grows-repaired', async (file: string) => {
  const rows = await countRows(file);
  const batches = Math.ceil(rows / 4);
  for (let batch = 0; batch < batches; batch += 1) await importBatch(file, batch);
  return rows;
});

export const fuzz: FuzzPlan = {
  input: fc.constantFrom('monday.csv', 'tuesday.csv'),
  results: { countRows: fc.integer({ min: 0, max: 16 }), importBatch: null },
};
