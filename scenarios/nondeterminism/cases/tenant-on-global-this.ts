import { activities, workflow } from 'crashwise/engine';
import type { FuzzPlan } from 'crashwise/determinism';
import fc from 'fast-check';
import type { ZooCase } from '../zoo-case.js';

export const about: ZooCase = {
  source: 'module state',
  blame: 'module state',
  use: 'a property of globalThis, as an argument',
  guard: 'unseen',
};

interface Export {
  readonly tenant: string;
  readonly table: string;
}

const { dumpTable, uploadDump } = activities<{
  dumpTable: (tenant: string, table: string) => { rows: number };
  uploadDump: (tenant: string, rows: number) => string;
}>();

const context = globalThis as { exportTenant?: string };

export const wrong = workflow('tenant-on-global-this', async (job: Export) => {
  const { rows } = await dumpTable(job.tenant, job.table);
  const tenant = (context.exportTenant ??= job.tenant); // <- blame
  return uploadDump(tenant, rows);
});

export const repaired = workflow('tenant-on-global-this-repaired', async (job: Export) => {
  const { tenant } = job;
  const { rows } = await dumpTable(tenant, job.table);
  return uploadDump(tenant, rows);
});

export const fuzz: FuzzPlan = {
  input: fc.record({ tenant: fc.constantFrom('acme', 'birch', 'corvid'), table: fc.constantFrom('users', 'orders') }),
  results: { dumpTable: fc.record({ rows: fc.nat(10_000) }), uploadDump: 'exports/1' },
};
