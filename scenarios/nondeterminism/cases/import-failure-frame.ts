import { activities, workflow } from 'crashwise/engine';
import type { FuzzPlan } from 'crashwise/determinism';
import fc from 'fast-check';
import type { ZooCase } from '../zoo-case.js';

export const about: ZooCase = {
  source: 'error stack',
  blame: 'error stack',
  use: 'its first frame in the message of a failure',
  guard: 'unseen',
};

const { readHeader, importRows } = activities<{
  readHeader: (file: string) => { columns: number };
  importRows: (file: string, columns: number) => number;
}>();

class BadFile extends Error {}

const check = (columns: number): void => {
  if (columns < 3) throw new BadFile(`There are only ${columns} columns.`);
};

export const wrong = workflow('import-failure-frame', async (file: string) => {
  const { columns } = await readHeader(file);
  try {
    check(columns);
  } catch (error) {
    const [, frame = ''] = (error as Error).stack?.split('\n') ?? []; // <- blame
    throw new Error(`${file} was refused ${frame.trim()}`, { cause: error });
  }
  return importRows(file, columns);
});

export const repaired = workflow('import-failure-frame-repaired', async (file: string) => {
  const { columns } = await readHeader(file);
  try {
    check(columns);
  } catch (error) {
    throw new Error(`${file} was refused in check(): ${(error as Error).message}`, { cause: error });
  }
  return importRows(file, columns);
});

export const fuzz: FuzzPlan = {
  input: fc.constantFrom('people.csv', 'orders.csv'),
  results: { readHeader: fc.record({ columns: fc.nat(6) }), importRows: fc.nat(500) },
};
