import { activities, workflow } from 'crashwise/engine';
import type { FuzzPlan } from 'crashwise/determinism';
import fc from 'fast-check';
import type { ZooCase } from '../zoo-case.js';

export const about: ZooCase = {
  source: 'module state',
  blame: 'module state',
  use: 'the identity of a result that was kept, to see a change where there is none',
  guard: 'unseen',
};

interface Account {
  readonly version: number;
  readonly indexedVersion: number;
}

const { loadAccount, reindex } = activities<{
  loadAccount: (id: string) => Account;
  reindex: (id: string, version: number) => void;
}>();

const indexed = new Map<string, Account>();

export const wrong = workflow('account-object-identity', async (id: string) => {
  const account = await loadAccount(id);
  const known = indexed.get(id) ?? account; // <- blame
  indexed.set(id, account);
  const hasChanged = known !== account;
  if (hasChanged) await reindex(id, account.version);
  return hasChanged;
});

export const repaired = workflow('account-object-identity-repaired', async (id: string) => {
  const account = await loadAccount(id);
  const hasChanged = account.version !== account.indexedVersion;
  if (hasChanged) await reindex(id, account.version);
  return hasChanged;
});

export const fuzz: FuzzPlan = {
  input: fc.constantFrom('a1', 'a2', 'a3'),
  results: {
    loadAccount: fc.record({ version: fc.integer({ min: 1, max: 4 }), indexedVersion: fc.integer({ min: 1, max: 4 }) }),
    reindex: null,
  },
};
