import { activities, workflow } from 'crashwise/engine';
import type { FuzzPlan } from 'crashwise/determinism';
import fc from 'fast-check';
import type { ZooCase } from '../zoo-case.js';

export const about: ZooCase = {
  source: 'env',
  blame: 'process.env.DRY_RUN',
  use: 'asked only whether it is set, to leave a step out',
  guard: 'refused',
};

const { countInactive, isDryRun, deleteInactive, report } = activities<{
  countInactive: (tenant: string) => number;
  isDryRun: () => boolean;
  deleteInactive: (tenant: string) => void;
  report: (tenant: string, accounts: number) => void;
}>();

export const wrong = workflow('env-dry-run-presence', async (tenant: string) => {
  const accounts = await countInactive(tenant);
  const isReal = !('DRY_RUN' in process.env); // <- blame
  if (isReal && accounts > 0) await deleteInactive(tenant);
  await report(tenant, accounts);
});

export const repaired = workflow('env-dry-run-presence-repaired', async (tenant: string) => {
  const accounts = await countInactive(tenant);
  const isReal = !(await isDryRun());
  if (isReal && accounts > 0) await deleteInactive(tenant);
  await report(tenant, accounts);
});

export const fuzz: FuzzPlan = {
  input: fc.constantFrom('acme', 'globex'),
  results: { countInactive: fc.nat(5), isDryRun: fc.boolean(), deleteInactive: null, report: null },
};
