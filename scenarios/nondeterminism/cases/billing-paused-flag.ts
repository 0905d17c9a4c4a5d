import { activities, defineSignal, setHandler, sleep, workflow } from 'crashwise/engine';
import type { FuzzPlan } from 'crashwise/determinism';
import fc from 'fast-check';
import type { ZooCase } from '../zoo-case.js';

export const about: ZooCase = {
  source: 'module state',
  blame: 'module state',
  use: 'a flag that the signal of any execution turns on, before a timer',
  guard: 'unseen',
};

const HOUR_MS = 3_600_000;
const pause = defineSignal('pause');

const { loadPlan, charge } = activities<{
  loadPlan: (customer: string) => { cents: number };
  charge: (customer: string, cents: number) => string;
}>();

let isPaused = false;

export const wrong = workflow('billing-paused-flag', async (customer: string) => {
  setHandler(pause, () => {
    isPaused = true;
  });
  const { cents } = await loadPlan(customer);
  if (isPaused) await sleep(HOUR_MS); // <- blame
  return charge(customer, cents);
});

export const repaired = workflow('billing-paused-flag-repaired', async (customer: string) => {
  let isThisPaused = false;
  setHandler(pause, () => {
    isThisPaused = true;
  });
  const { cents } = await loadPlan(customer);
  if (isThisPaused) await sleep(HOUR_MS);
  return charge(customer, cents);
});

export const fuzz: FuzzPlan = {
  input: fc.constantFrom('ada', 'bo'),
  results: { loadPlan: fc.record({ cents: fc.constantFrom(900, 2_900) }), charge: 'ch_1' },
  signals: { pause: [] },
};
