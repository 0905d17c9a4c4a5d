import { posix, resolve } from 'node:path';
import { activities, workflow } from 'crashwise/engine';
import type { FuzzPlan } from 'crashwise/determinism';
import fc from 'fast-check';
import type { ZooCase } from '../zoo-case.js';

export const about: ZooCase = {
  source: 'cwd',
  blame: 'process.cwd()',
  use: 'by path.resolve(), for a path in an argument',
  guard: 'refused',
};

const { collectRows, writeFile } = activities<{
  collectRows: (table: string) => number;
  writeFile: (path: string, rows: number) => void;
}>();

export const wrong = workflow('cwd-export-path', async (table: string) => {
  const rows = await collectRows(table);
  const path = resolve('exports', `${table}.csv`); // <- blame
  await writeFile(path, rows);
});

export const repaired = workflow('cwd-export-path-repaired', async (table: string) => {
  const rows = await collectRows(table);
  const path = posix.join('/var/exports', `${table}.csv`);
  await writeFile(path, rows);
});

export const fuzz: FuzzPlan = {
  input: fc.constantFrom('customers', 'orders'),
  results: { collectRows: fc.nat(900), writeFile: null },
};
