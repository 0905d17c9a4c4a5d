import { randomUUID } from 'node:crypto';
import { activities, uuid, workflow } from 'crashwise/engine';
import type { FuzzPlan } from 'crashwise/determinism';
import fc from 'fast-check';
import type { ZooCase } from '../zoo-case.js';

export const about: ZooCase = {
  source: 'crypto',
  blame: 'crypto.randomUUID()',
  use: 'as a reference in the message of the error that fails the workflow',
  guard: 'recorded',
};

const { checkRefund, payBack } = activities<{
  checkRefund: (order: string) => 'granted' | 'refused';
  payBack: (order: string) => void;
}>();

export const wrong = workflow('random-uuid-in-failure', async (order: string) => {
  const answer = await checkRefund(order);
  if (answer === 'refused') {
    throw new Error(`Refund of ${order} refused, case ${randomUUID()}`); // <- blame
  }
  await payBack(order);
});

export const repaired = workflow('random-uuid-in-failure-repaired', async (order: string) => {
  const answer = await checkRefund(order);
  if (answer === 'refused') {
    throw new Error(`Refund of ${order} refused, case ${uuid()}`);
  }
  await payBack(order);
});

export const fuzz: FuzzPlan = {
  input: fc.constantFrom('o-1', 'o-2'),
  results: { checkRefund: fc.constantFrom('granted', 'refused'), payBack: null },
};
