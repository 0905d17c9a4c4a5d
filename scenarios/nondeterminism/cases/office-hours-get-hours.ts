import { activities, workflow } from 'crashwise/engine';
import type { FuzzPlan } from 'crashwise/determinism';
import fc from 'fast-check';
import type { ZooCase } from '../zoo-case.js';

export const about: ZooCase = {
  source: 'time zone',
  blame: 'Date.prototype.getHours()',
  use: 'compared with office hours, to choose the activity',
  guard: 'refused',
};

const { loadRequest, callBack, writeBack } = activities<{
  loadRequest: (id: string) => { madeAt: number };
  callBack: (id: string) => void;
  writeBack: (id: string) => void;
}>();
const isOpen = (hour: number): boolean => hour >= 9 && hour < 17;

export const wrong = workflow('office-hours-get-hours', async (id: string) => {
  const { madeAt } = await loadRequest(id);
  const hour = new Date(madeAt).getHours(); // <- blame
  await (isOpen(hour) ? callBack(id) : writeBack(id));
});

export const repaired = workflow('office-hours-get-hours-repaired', async (id: string) => {
  const { madeAt } = await loadRequest(id);
  const hour = new Date(madeAt).getUTCHours();
  await (isOpen(hour) ? callBack(id) : writeBack(id));
});

export const fuzz: FuzzPlan = {
  input: fc.constantFrom('r-1', 'r-2'),
  results: {
    loadRequest: fc.record({ madeAt: fc.integer({ min: 1_760_000_000_000, max: 1_790_000_000_000 }) }),
    callBack: null,
    writeBack: null,
  },
};
