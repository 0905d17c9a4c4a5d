import { activities, sleep, workflow } from 'crashwise/engine';
import type { FuzzPlan } from 'crashwise/determinism';
import fc from 'fast-check';

export const why = 'It computes with dates and months, but in UTC, from a recorded time.';

const { loadContract, bill } = activities<{
  loadContract: (id: string) => { startedAt: number };
  bill: (id: string, day: string) => void;
}>();

export const right = workflow('next-billing-day-utc', async (id: string) => {
  const { startedAt } = await loadContract(id);
  const start = new Date(startedAt);
  const next = Date.UTC(start.getUTCFullYear(), start.getUTCMonth() + 1, start.getUTCDate());
  await sleep(next - startedAt);
  await bill(id, new Date(next).toISOString().slice(0, 10));
  return next;
});

export const fuzz: FuzzPlan = {
  input: fc.constantFrom('c1', 'c2'),
  results: {
    loadContract: fc.record({ startedAt: fc.integer({ min: 1_700_000_000_000, max: 1_800_000_000_000 }) }),
    bill: null,
  },
};
