import { activities, now, workflow } from 'crashwise/engine';
import type { FuzzPlan } from 'crashwise/determinism';
import fc from 'fast-check';
import type { ZooCase } from '../zoo-case.js';

export const about: ZooCase = {
  source: 'clock',
  blame: 'process.uptime()',
  use: 'in the result, as how long the service has been up',
  guard: 'refused',
};

const { probeDatabase, probeQueue } = activities<{
  probeDatabase: (region: string) => boolean;
  probeQueue: (region: string) => boolean;
}>();

export const wrong = workflow('uptime-in-result', async (region: string) => {
  const [database, queue] = await Promise.all([probeDatabase(region), probeQueue(region)]);
  return { healthy: database && queue, upSeconds: process.uptime() }; // <- blame
});

export const repaired = workflow('uptime-in-result-repaired', async (region: string) => {
  const startedAt = now();
  const [database, queue] = await Promise.all([probeDatabase(region), probeQueue(region)]);
  return { healthy: database && queue, upSeconds: (now() - startedAt) / 1_000 };
});

export const fuzz: FuzzPlan = {
  input: fc.constantFrom('eu', 'us'),
  results: { probeDatabase: fc.boolean(), probeQueue: fc.boolean() },
};
