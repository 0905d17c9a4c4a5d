import { activities, random, workflow } from 'crashwise/engine';
import type { FuzzPlan } from 'crashwise/determinism';
import fc from 'fast-check';
import type { ZooCase } from '../zoo-case.js';

export const about: ZooCase = {
  source: 'random',
  blame: 'Math.random()',
  use: 'through a reference taken at import, for the order of two activities',
  guard: 'unseen',
};

const { random: draw } = Math;
const { askBank, askBureau, decideOnLoan } = activities<{
  askBank: (loan: string) => number;
  askBureau: (loan: string) => number;
  decideOnLoan: (loan: string, score: number) => boolean;
}>();

export const wrong = workflow('captured-random-bureau-order', async (loan: string) => {
  const isBankFirst = draw() < 0.5; // <- blame
  const [first, second] = isBankFirst ? [askBank, askBureau] : [askBureau, askBank];
  const score = (await first(loan)) + (await second(loan));
  return decideOnLoan(loan, score);
});

export const repaired = workflow('captured-random-bureau-order-repaired', async (loan: string) => {
  const isBankFirst = random() < 0.5;
  const [first, second] = isBankFirst ? [askBank, askBureau] : [askBureau, askBank];
  const score = (await first(loan)) + (await second(loan));
  return decideOnLoan(loan, score);
});

export const fuzz: FuzzPlan = {
  input: fc.constantFrom('car', 'house'),
  results: { askBank: fc.nat(100), askBureau: fc.nat(100), decideOnLoan: fc.boolean() },
};
