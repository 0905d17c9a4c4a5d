import { activities, random, sleep, workflow } from 'crashwise/engine';
import type { FuzzPlan } from 'crashwise/determinism';
import fc from 'fast-check';
import type { ZooCase } from '../zoo-case.js';

export const about: ZooCase = {
  source: 'random',
  blame: 'Math.random()',
  use: 'as jitter on the duration of a timer',
  guard: 'recorded',
};

const DAY_MS = 86_400_000;
const { hasSignedIn, nudge } = activities<{
  hasSignedIn: (user: string) => boolean;
  nudge: (user: string) => void;
}>();

export const wrong = workflow('jittered-nudge-timer', async (user: string) => {
  const jitterMs = Math.floor(Math.random() * 600_000); // <- blame
  await sleep(DAY_MS + jitterMs);
  const isActive = await hasSignedIn(user);
  if (!isActive) await nudge(user);
  return isActive;
});

export const repaired = workflow('jittered-nudge-timer-repaired', async (user: string) => {
  const jitterMs = Math.floor(random() * 600_000);
  await sleep(DAY_MS + jitterMs);
  const isActive = await hasSignedIn(user);
  if (!isActive) await nudge(user);
  return isActive;
});

export const fuzz: FuzzPlan = {
  input: fc.constantFrom('ada', 'grace'),
  results: { hasSignedIn: fc.boolean(), nudge: null },
};
