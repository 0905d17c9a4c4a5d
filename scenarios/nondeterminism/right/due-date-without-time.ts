import { activities, workflow } from 'crashwise/engine';
import type { FuzzPlan } from 'crashwise/determinism';
import fc from 'fast-check';

export const why = 'It reads a date without a zone, but one without a time, which is taken for UTC everywhere.';

const { loadInvoice, dun } = activities<{
  loadInvoice: (id: string) => { due: string; paid: string };
  dun: (id: string, days: number) => void;
}>();

const DAY_MS = 86_400_000;

export const right = workflow('due-date-without-time', async (id: string) => {
  const { due, paid } = await loadInvoice(id);
  const days = (new Date(paid).getTime() - Date.parse(due)) / DAY_MS;
  if (days > 0) await dun(id, days);
  return days;
});

const day = fc.constantFrom('2026-03-28', '2026-03-30', '2026-10-25', '2026-12-31');

export const fuzz: FuzzPlan = {
  input: fc.constantFrom('i-1', 'i-2'),
  results: { loadInvoice: fc.record({ due: day, paid: day }), dun: null },
};
