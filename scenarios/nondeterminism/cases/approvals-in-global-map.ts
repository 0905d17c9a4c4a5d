import { activities, condition, defineSignal, setHandler, workflow } from 'crashwise/engine';
import type { FuzzPlan } from 'crashwise/determinism';
import fc from 'fast-check';
import type { ZooCase } from '../zoo-case.js';

export const about: ZooCase = {
  source: 'module state',
  blame: 'module state',
  use: 'a map of the module that a signal handler fills, awaited by a condition',
  guard: 'unseen',
  cites: 'https://github.com/temporalio/sdk-typescript/issues/1355',
};

const DAY_MS = 86_400_000;
const approved = defineSignal<[by: string]>('approved');

const { askForApproval, pay } = activities<{
  askForApproval: (expense: string) => void;
  pay: (expense: string) => string;
}>();

const approvals = new Map<string, string>();

export const wrong = workflow('approvals-in-global-map', async (expense: string) => {
  setHandler(approved, (by) => void approvals.set(expense, by));
  await askForApproval(expense);
  const isApproved = await condition(() => approvals.has(expense), DAY_MS); // <- blame
  return isApproved ? pay(expense) : 'expired';
});

export const repaired = workflow('approvals-in-global-map-repaired', async (expense: string) => {
  let approver: string | undefined;
  setHandler(approved, (by) => {
    approver = by;
  });
  await askForApproval(expense);
  const isApproved = await condition(() => approver !== undefined, DAY_MS);
  return isApproved ? pay(expense) : 'expired';
});

export const fuzz: FuzzPlan = {
  input: fc.constantFrom('taxi', 'hotel'),
  results: { askForApproval: null, pay: 'paid' },
  signals: { approved: fc.tuple(fc.constantFrom('ada', 'bo')) },
};
