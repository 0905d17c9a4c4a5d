import { activities, workflow } from 'crashwise/engine';
import type { FuzzPlan } from 'crashwise/determinism';
import fc from 'fast-check';

export const why = 'The name of a file holds a date, but toISOString() knows no time zone, and the time is recorded.';

const { closeBooks, archive } = activities<{
  closeBooks: (month: string) => { closedAt: number };
  archive: (name: string) => number;
}>();

export const right = workflow('archive-name-iso', async (month: string) => {
  const { closedAt } = await closeBooks(month);
  const stamp = new Date(closedAt).toISOString().slice(0, 10);
  return archive(`books/${month}-${stamp}.zip`);
});

export const fuzz: FuzzPlan = {
  input: fc.constantFrom('january', 'may'),
  results: {
    closeBooks: fc.record({ closedAt: fc.integer({ min: 1_700_000_000_000, max: 1_800_000_000_000 }) }),
    archive: fc.nat(9_000),
  },
};
