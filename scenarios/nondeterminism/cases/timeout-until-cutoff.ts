import { activities, now, workflow } from 'crashwise/engine';
import type { FuzzPlan } from 'crashwise/determinism';
import fc from 'fast-check';
import type { ZooCase } from '../zoo-case.js';

export const about: ZooCase = {
  source: 'clock',
  blame: 'new Date()',
  use: 'for the time left until a cut-off, as the time-out of an activity',
  guard: 'recorded',
};

interface Clearing {
  settle(payment: string): void;
}
const { loadCutoff } = activities<{ loadCutoff: (payment: string) => number }>();

export const wrong = workflow('timeout-until-cutoff', async (payment: string) => {
  const cutoff = await loadCutoff(payment);
  const left = cutoff - new Date().getTime(); // <- blame
  const { settle } = activities<Clearing>({ startToCloseTimeoutMs: Math.max(1_000, left) });
  await settle(payment);
});

export const repaired = workflow('timeout-until-cutoff-repaired', async (payment: string) => {
  const cutoff = await loadCutoff(payment);
  const left = cutoff - now();
  const { settle } = activities<Clearing>({ startToCloseTimeoutMs: Math.max(1_000, left) });
  await settle(payment);
});

export const fuzz: FuzzPlan = {
  input: fc.constantFrom('pay-1', 'pay-2'),
  results: { loadCutoff: fc.integer({ min: 1_800_000_000_000, max: 2_100_000_000_000 }), settle: null },
};
