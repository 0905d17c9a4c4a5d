import { activities, workflow } from 'crashwise/engine';
import type { FuzzPlan } from 'crashwise/determinism';
import fc from 'fast-check';
import type { ZooCase } from '../zoo-case.js';

export const about: ZooCase = {
  source: 'time zone',
  blame: 'time zone',
  use: 'to read a date string without a zone, for the order of two activities',
  guard: 'unseen',
};

const { loadPlan, bookRoom, collectSample } = activities<{
  loadPlan: (patient: string) => { visit: string; sampleAt: number };
  bookRoom: (patient: string) => void;
  collectSample: (patient: string) => void;
}>();

async function inOrder(patient: string, visitAt: number, sampleAt: number): Promise<void> {
  const steps = visitAt < sampleAt ? [bookRoom, collectSample] : [collectSample, bookRoom];
  for (const step of steps) await step(patient);
}

export const wrong = workflow('visit-string-without-zone', async (patient: string) => {
  const { visit, sampleAt } = await loadPlan(patient);
  const visitAt = Date.parse(visit); // <- blame
  await inOrder(patient, visitAt, sampleAt);
});

export const repaired = workflow('visit-string-without-zone-repaired', async (patient: string) => {
  const { visit, sampleAt } = await loadPlan(patient);
  const visitAt = Date.parse(`${visit}Z`);
  await inOrder(patient, visitAt, sampleAt);
});

export const fuzz: FuzzPlan = {
  input: fc.constantFrom('ada', 'grace'),
  results: {
    loadPlan: fc.record({
      visit: fc.constantFrom('2026-03-02T09:00', '2026-03-02T13:30', '2026-03-02T18:00'),
      sampleAt: fc.integer({ min: Date.UTC(2026, 2, 2, 4), max: Date.UTC(2026, 2, 2, 22) }),
    }),
    bookRoom: null,
    collectSample: null,
  },
};
