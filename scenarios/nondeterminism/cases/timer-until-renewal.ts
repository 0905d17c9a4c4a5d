import { activities, now, sleep, workflow } from 'crashwise/engine';
import type { FuzzPlan } from 'crashwise/determinism';
import fc from 'fast-check';
import type { ZooCase } from '../zoo-case.js';

export const about: ZooCase = {
  source: 'clock',
  blame: 'Date.now()',
  use: 'subtracted from a date, for the duration of a timer',
  guard: 'recorded',
  cites: 'https://github.com/Azure/azure-functions-durable-js/issues/122',
};

const { loadSubscription, renew } = activities<{
  loadSubscription: (id: string) => { renewsAt: number };
  renew: (id: string) => void;
}>();

export const wrong = workflow('timer-until-renewal', async (id: string) => {
  const { renewsAt } = await loadSubscription(id);
  const waitMs = Math.max(0, renewsAt - Date.now()); // <- blame
  await sleep(waitMs);
  await renew(id);
});

export const repaired = workflow('timer-until-renewal-repaired', async (id: string) => {
  const { renewsAt } = await loadSubscription(id);
  const waitMs = Math.max(0, renewsAt - now());
  await sleep(waitMs);
  await renew(id);
});

export const fuzz: FuzzPlan = {
  input: fc.constantFrom('basic', 'team'),
  results: {
    loadSubscription: fc.record({ renewsAt: fc.integer({ min: 1_800_000_000_000, max: 2_100_000_000_000 }) }),
    renew: null,
  },
};
