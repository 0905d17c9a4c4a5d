import { activities, workflow, workflowInfo } from 'crashwise/engine';
import type { FuzzPlan } from 'crashwise/determinism';
import fc from 'fast-check';
import type { ZooCase } from '../zoo-case.js';

export const about: ZooCase = {
  source: 'pid',
  blame: 'process.pid',
  use: 'in the owner of a lock, as an argument',
  guard: 'refused',
};

const { lock, rebuildIndex, unlock } = activities<{
  lock: (index: string, owner: string) => boolean;
  rebuildIndex: (index: string) => void;
  unlock: (index: string, owner: string) => void;
}>();

export const wrong = workflow('pid-lock-owner', async (index: string) => {
  const owner = `indexer-${process.pid}`; // <- blame
  if (!(await lock(index, owner))) return false;
  await rebuildIndex(index);
  await unlock(index, owner);
  return true;
});

export const repaired = workflow('pid-lock-owner-repaired', async (index: string) => {
  const owner = `indexer-${workflowInfo().id}`;
  if (!(await lock(index, owner))) return false;
  await rebuildIndex(index);
  await unlock(index, owner);
  return true;
});

export const fuzz: FuzzPlan = {
  input: fc.constantFrom('products', 'articles'),
  results: { lock: fc.boolean(), rebuildIndex: null, unlock: null },
};
