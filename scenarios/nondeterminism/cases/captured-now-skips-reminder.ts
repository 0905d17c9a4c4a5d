import { activities, now, workflow } from 'crashwise/engine';
import type { FuzzPlan } from 'crashwise/determinism';
import fc from 'fast-check';
import type { ZooCase } from '../zoo-case.js';

export const about: ZooCase = {
  source: 'clock',
  blame: 'Date.now()',
  use: 'through a reference taken at import, to leave a step out',
  guard: 'unseen',
};

const clock = Date.now;
const { loadInvoice, sendReminder, archiveInvoice } = activities<{
  loadInvoice: (id: string) => { dueAt: number };
  sendReminder: (id: string) => void;
  archiveInvoice: (id: string) => void;
}>();

export const wrong = workflow('captured-now-skips-reminder', async (id: string) => {
  const { dueAt } = await loadInvoice(id);
  const isLate = clock() > dueAt; // <- blame
  if (isLate) await sendReminder(id);
  await archiveInvoice(id);
});

export const repaired = workflow('captured-now-skips-reminder-repaired', async (id: string) => {
  const { dueAt } = await loadInvoice(id);
  const isLate = now() > dueAt;
  if (isLate) await sendReminder(id);
  await archiveInvoice(id);
});

export const fuzz: FuzzPlan = {
  input: fc.constantFrom('inv-1', 'inv-2'),
  results: {
    loadInvoice: fc.record({ dueAt: fc.integer({ min: 1_700_000_000_000, max: 1_900_000_000_000 }) }),
    sendReminder: null,
    archiveInvoice: null,
  },
};
