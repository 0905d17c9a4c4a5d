import { setTimeout as pause } from 'node:timers/promises';
import { activities, sleep, workflow } from 'crashwise/engine';
import type { FuzzPlan } from 'crashwise/determinism';
import fc from 'fast-check';
import type { ZooCase } from '../zoo-case.js';

export const about: ZooCase = {
  source: 'latency',
  blame: 'timers/promises.setTimeout()',
  use: 'awaited by a floating promise that adds to the result',
  guard: 'refused',
};

const { readDocuments, openAccount } = activities<{
  readDocuments: (applicant: string) => { pages: number };
  openAccount: (applicant: string) => string;
}>();

export const wrong = workflow('slow-applicant-note', async (applicant: string) => {
  const notes: string[] = [];
  const noteIfSlow = async (): Promise<void> => {
    await pause(30); // <- blame
    notes.push('The applicant had to wait.');
  };
  void noteIfSlow();
  await readDocuments(applicant);
  const account = await openAccount(applicant);
  return { account, notes };
});

export const repaired = workflow('slow-applicant-note-repaired', async (applicant: string) => {
  const notes: string[] = [];
  const noteIfSlow = async (): Promise<void> => {
    await sleep(30);
    notes.push('The applicant had to wait.');
  };
  void noteIfSlow();
  await readDocuments(applicant);
  const account = await openAccount(applicant);
  return { account, notes };
});

export const fuzz: FuzzPlan = {
  input: fc.constantFrom('ada', 'bo'),
  results: { readDocuments: fc.record({ pages: fc.nat(12) }), openAccount: 'acc_1' },
};
