import { activities, now, workflow } from 'crashwise/engine';
import type { FuzzPlan } from 'crashwise/determinism';
import fc from 'fast-check';
import type { ZooCase } from '../zoo-case.js';

export const about: ZooCase = {
  source: 'clock',
  blame: 'Date.now()',
  use: 'through a reference taken at import, to put in one more call of the same activity',
  guard: 'unseen',
};

const clock = Date.now;
const { loadInvoice, notify } = activities<{
  loadInvoice: (id: string) => { dueAt: number };
  notify: (team: string, id: string) => void;
}>();

async function notifyTeams(id: string, isLate: boolean): Promise<void> {
  await notify('sales', id);
  if (isLate) await notify('collections', id);
  await notify('accounting', id);
}

export const wrong = workflow('captured-now-extra-notice', async (id: string) => {
  const { dueAt } = await loadInvoice(id);
  const isLate = clock() > dueAt; // <- blame
  await notifyTeams(id, isLate);
});

export const repaired = workflow('captured-now-extra-notice-repaired', async (id: string) => {
  const { dueAt } = await loadInvoice(id);
  const isLate = now() > dueAt;
  await notifyTeams(id, isLate);
});

export const fuzz: FuzzPlan = {
  input: fc.constantFrom('inv-1', 'inv-2'),
  results: {
    loadInvoice: fc.record({ dueAt: fc.integer({ min: 1_700_000_000_000, max: 1_900_000_000_000 }) }),
    notify: null,
  },
};
