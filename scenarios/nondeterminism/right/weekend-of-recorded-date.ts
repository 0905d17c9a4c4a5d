import { activities, workflow } from 'crashwise/engine';
import type { FuzzPlan } from 'crashwise/determinism';
import fc from 'fast-check';

export const why = 'It makes a Date and asks for its weekday, but of a recorded time, and in UTC.';

const { loadOrder, shipNow, shipOnMonday } = activities<{
  loadOrder: (id: string) => { placedAt: number };
  shipNow: (id: string) => void;
  shipOnMonday: (id: string) => void;
}>();

export const right = workflow('weekend-of-recorded-date', async (id: string) => {
  const { placedAt } = await loadOrder(id);
  const day = new Date(placedAt).getUTCDay();
  await (day === 0 || day === 6 ? shipOnMonday(id) : shipNow(id));
  return day;
});

export const fuzz: FuzzPlan = {
  input: fc.constantFrom('o1', 'o2'),
  results: {
    loadOrder: fc.record({ placedAt: fc.integer({ min: 1_700_000_000_000, max: 1_800_000_000_000 }) }),
    shipNow: null,
    shipOnMonday: null,
  },
};
