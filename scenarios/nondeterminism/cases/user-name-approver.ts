import { userInfo } from 'node:os';
import { activities, workflow } from 'crashwise/engine';
import type { FuzzPlan } from 'crashwise/determinism';
import fc from 'fast-check';
import type { ZooCase } from '../zoo-case.js';

export const about: ZooCase = {
  source: 'hostname',
  blame: 'os.userInfo()',
  use: 'for the name of who has approved, in the result',
  guard: 'refused',
};

const { checkExpense, whoApproves } = activities<{
  checkExpense: (id: string) => boolean;
  whoApproves: (id: string) => string;
}>();

export const wrong = workflow('user-name-approver', async (id: string) => {
  const isFine = await checkExpense(id);
  if (!isFine) return { id, approvedBy: null };
  return { id, approvedBy: userInfo().username }; // <- blame
});

export const repaired = workflow('user-name-approver-repaired', async (id: string) => {
  const isFine = await checkExpense(id);
  if (!isFine) return { id, approvedBy: null };
  return { id, approvedBy: await whoApproves(id) };
});

export const fuzz: FuzzPlan = {
  input: fc.constantFrom('taxi', 'hotel'),
  results: { checkExpense: fc.boolean(), whoApproves: fc.constantFrom('ada', 'grace') },
};
