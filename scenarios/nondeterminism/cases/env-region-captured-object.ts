import { activities, workflow } from 'crashwise/engine';
import type { FuzzPlan } from 'crashwise/determinism';
import fc from 'fast-check';
import type { ZooCase } from '../zoo-case.js';

export const about: ZooCase = {
  source: 'env',
  blame: 'process.env.REGION',
  use: 'through a reference to the whole environment taken at import, in the result',
  guard: 'unseen',
};

const settings = process.env;
const { createTenant, regionOf } = activities<{
  createTenant: (name: string) => string;
  regionOf: (tenant: string) => string;
}>();

export const wrong = workflow('env-region-captured-object', async (name: string) => {
  const tenant = await createTenant(name);
  return { tenant, region: settings.REGION ?? 'eu-central' }; // <- blame
});

export const repaired = workflow('env-region-captured-object-repaired', async (name: string) => {
  const tenant = await createTenant(name);
  return { tenant, region: await regionOf(tenant) };
});

export const fuzz: FuzzPlan = {
  input: fc.constantFrom('acme', 'globex'),
  results: { createTenant: (name: string) => `tenant-${name}`, regionOf: fc.constantFrom('eu-central', 'us-east') },
};
