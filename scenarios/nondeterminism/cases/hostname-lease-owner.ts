import os from 'node:os';
import { activities, workflow, workflowInfo } from 'crashwise/engine';
import type { FuzzPlan } from 'crashwise/determinism';
import fc from 'fast-check';
import type { ZooCase } from '../zoo-case.js';

export const about: ZooCase = {
  source: 'hostname',
  blame: 'os.hostname()',
  use: 'as the holder of a lease, in an argument',
  guard: 'refused',
};

const { takeLease, compact } = activities<{
  takeLease: (volume: string, holder: string) => void;
  compact: (volume: string) => number;
}>();

export const wrong = workflow('hostname-lease-owner', async (volume: string) => {
  await takeLease(volume, os.hostname()); // <- blame
  return compact(volume);
});

export const repaired = workflow('hostname-lease-owner-repaired', async (volume: string) => {
  await takeLease(volume, workflowInfo().id);
  return compact(volume);
});

export const fuzz: FuzzPlan = {
  input: fc.constantFrom('photos', 'mail'),
  results: { takeLease: null, compact: fc.nat(900) },
};
