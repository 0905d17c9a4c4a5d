import { activities, now, workflow } from 'crashwise/engine';
import type { FuzzPlan } from 'crashwise/determinism';
import fc from 'fast-check';
import type { ZooCase } from '../zoo-case.js';

export const about: ZooCase = {
  source: 'clock',
  blame: 'Date.now()',
  use: 'compared with a deadline, to choose the next activity',
  guard: 'recorded',
};

const { loadTrial, sendNudge, closeAccount } = activities<{
  loadTrial: (id: string) => { endsAt: number };
  sendNudge: (id: string) => void;
  closeAccount: (id: string) => void;
}>();

export const wrong = workflow('date-now-branch', async (id: string) => {
  const { endsAt } = await loadTrial(id);
  const isOver = Date.now() > endsAt; // <- blame
  await (isOver ? closeAccount(id) : sendNudge(id));
  return isOver;
});

export const repaired = workflow('date-now-branch-repaired', async (id: string) => {
  const { endsAt } = await loadTrial(id);
  const isOver = now() > endsAt;
  await (isOver ? closeAccount(id) : sendNudge(id));
  return isOver;
});

export const fuzz: FuzzPlan = {
  input: fc.constantFrom('a', 'b'),
  results: {
    loadTrial: fc.record({ endsAt: fc.integer({ min: 1_700_000_000_000, max: 1_900_000_000_000 }) }),
    sendNudge: null,
    closeAccount: null,
  },
};
