import { activities, random, workflow } from 'crashwise/engine';
import type { FuzzPlan } from 'crashwise/determinism';
import fc from 'fast-check';
import type { ZooCase } from '../zoo-case.js';

export const about: ZooCase = {
  source: 'random',
  blame: 'Math.random()',
  use: 'for the first interval of a retry policy',
  guard: 'recorded',
};

interface Registry {
  lookUp(company: string): string;
}
const { storeAddress } = activities<{ storeAddress: (company: string, address: string) => void }>();
const registry = (initialIntervalMs: number) => activities<Registry>({ retry: { initialIntervalMs } });

export const wrong = workflow('random-retry-interval', async (company: string) => {
  const { lookUp } = registry(1_000 + Math.floor(Math.random() * 1_000)); // <- blame
  await storeAddress(company, await lookUp(company));
});

export const repaired = workflow('random-retry-interval-repaired', async (company: string) => {
  const { lookUp } = registry(1_000 + Math.floor(random() * 1_000));
  await storeAddress(company, await lookUp(company));
});

export const fuzz: FuzzPlan = {
  input: fc.constantFrom('acme', 'globex'),
  results: { lookUp: (company: string) => `1 ${company} street`, storeAddress: null },
};
