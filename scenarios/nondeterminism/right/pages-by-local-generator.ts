import { activities, workflow } from 'crashwise/engine';
import type { FuzzPlan } from 'crashwise/determinism';
import fc from 'fast-check';

export const why = 'A generator keeps state between steps, but each execution makes its own.';

const { countRows, copyRows } = activities<{
  countRows: (table: string) => number;
  copyRows: (table: string, from: number, to: number) => void;
}>();

function* pages(rows: number, size: number): Generator<readonly [number, number]> {
  for (let from = 0; from < rows; from += size) yield [from, Math.min(from + size, rows)];
}

export const right = workflow('pages-by-local-generator', async (table: string) => {
  const rows = await countRows(table);
  for (const [from, to] of pages(rows, 5)) await copyRows(table, from, to);
  return rows;
});

export const fuzz: FuzzPlan = {
  input: fc.constantFrom('users', 'orders'),
  results: { countRows: fc.nat(18), copyRows: null },
};
