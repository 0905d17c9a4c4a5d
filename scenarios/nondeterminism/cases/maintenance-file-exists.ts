import { existsSync } from 'node:fs';
import { activities, sleep, workflow } from 'crashwise/engine';
import type { FuzzPlan } from 'crashwise/determinism';
import fc from 'fast-check';
import type { ZooCase } from '../zoo-case.js';

export const about: ZooCase = {
  source: 'file system',
  blame: 'fs.existsSync()',
  use: 'whether a file is there, to wait before a step',
  guard: 'refused',
};

const HOUR_MS = 3_600_000;

const { isInMaintenance, pay } = activities<{
  isInMaintenance: () => boolean;
  pay: (invoice: string) => string;
}>();

const file = new URL('../files/maintenance.txt', import.meta.url);

export const wrong = workflow('maintenance-file-exists', async (invoice: string) => {
  const isClosed = existsSync(file); // <- blame
  if (isClosed) await sleep(HOUR_MS);
  return pay(invoice);
});

export const repaired = workflow('maintenance-file-exists-repaired', async (invoice: string) => {
  const isClosed = await isInMaintenance();
  if (isClosed) await sleep(HOUR_MS);
  return pay(invoice);
});

export const fuzz: FuzzPlan = {
  input: fc.constantFrom('i-1', 'i-2'),
  results: { isInMaintenance: fc.boolean(), pay: fc.constantFrom('tx_1', 'tx_2') },
};
