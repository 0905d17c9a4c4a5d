import { activities, workflow } from 'crashwise/engine';
import type { FuzzPlan } from 'crashwise/determinism';
import fc from 'fast-check';
import type { ZooCase } from '../zoo-case.js';

export const about: ZooCase = {
  source: 'env',
  blame: 'process.env.IMPORT_BATCH',
  use: 'parsed to a number, for how many batches the same activity is called with',
  guard: 'refused',
};

interface File {
  readonly name: string;
  readonly rows: number;
}
const { readBatchSize, importRows, publish } = activities<{
  readBatchSize: () => number;
  importRows: (file: string, from: number) => void;
  publish: (file: string) => void;
}>();

async function importInBatches({ name, rows }: File, size: number): Promise<void> {
  for (let from = 0; from < rows; from += size) await importRows(name, from);
  await publish(name);
}

export const wrong = workflow('env-import-batch-size', async (file: File) => {
  const size = Number(process.env.IMPORT_BATCH) || 25; // <- blame
  await importInBatches(file, size);
});

export const repaired = workflow('env-import-batch-size-repaired', async (file: File) => {
  const size = await readBatchSize();
  await importInBatches(file, size);
});

export const fuzz: FuzzPlan = {
  input: fc.record({ name: fc.constantFrom('customers.csv', 'orders.csv'), rows: fc.integer({ min: 2, max: 40 }) }),
  results: { readBatchSize: fc.constantFrom(10, 25), importRows: null, publish: null },
};
