import { randomInt } from 'node:crypto';
import { activities, random, sleep, workflow } from 'crashwise/engine';
import type { FuzzPlan } from 'crashwise/determinism';
import fc from 'fast-check';
import type { ZooCase } from '../zoo-case.js';

export const about: ZooCase = {
  source: 'crypto',
  blame: 'crypto.randomInt()',
  use: 'to spread the duration of a timer over an hour',
  guard: 'refused',
};

const HOUR_MS = 3_600_000;
const { issueKey, revokeKey } = activities<{
  issueKey: (service: string) => string;
  revokeKey: (key: string) => void;
}>();

export const wrong = workflow('random-int-rotation-timer', async (service: string) => {
  const key = await issueKey(service);
  await sleep(24 * HOUR_MS + randomInt(HOUR_MS)); // <- blame
  await revokeKey(key);
});

export const repaired = workflow('random-int-rotation-timer-repaired', async (service: string) => {
  const key = await issueKey(service);
  await sleep(24 * HOUR_MS + Math.floor(random() * HOUR_MS));
  await revokeKey(key);
});

export const fuzz: FuzzPlan = {
  input: fc.constantFrom('mail', 'billing'),
  results: { issueKey: (service: string) => `key-of-${service}`, revokeKey: null },
};
