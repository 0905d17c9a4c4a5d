import { activities, random, workflow } from 'crashwise/engine';
import type { FuzzPlan } from 'crashwise/determinism';
import fc from 'fast-check';
import type { ZooCase } from '../zoo-case.js';

export const about: ZooCase = {
  source: 'random',
  blame: 'Math.random()',
  use: 'compared with a rate, to sample a step',
  guard: 'recorded',
  cites: 'https://github.com/openworkflowdev/openworkflow/issues/49',
};

const SAMPLE_RATE = 0.2;
const { pack, inspect, handOver } = activities<{
  pack: (order: string) => void;
  inspect: (order: string) => void;
  handOver: (order: string) => void;
}>();

export const wrong = workflow('sampled-quality-check', async (order: string) => {
  await pack(order);
  const isSampled = Math.random() < SAMPLE_RATE; // <- blame
  if (isSampled) await inspect(order);
  await handOver(order);
});

export const repaired = workflow('sampled-quality-check-repaired', async (order: string) => {
  await pack(order);
  const isSampled = random() < SAMPLE_RATE;
  if (isSampled) await inspect(order);
  await handOver(order);
});

export const fuzz: FuzzPlan = {
  input: fc.constantFrom('o-1', 'o-2'),
  results: { pack: null, inspect: null, handOver: null },
};
