import { activities, random, workflow } from 'crashwise/engine';
import type { FuzzPlan } from 'crashwise/determinism';
import fc from 'fast-check';
import type { ZooCase } from '../zoo-case.js';

export const about: ZooCase = {
  source: 'random',
  blame: 'Math.random()',
  use: 'to shuffle a list, whose entries the same activity then gets in turn',
  guard: 'recorded',
};

const { findReviewers, askForReview } = activities<{
  findReviewers: (document: string) => string[];
  askForReview: (document: string, reviewer: string) => boolean;
}>();

export const wrong = workflow('shuffled-reviewers', async (document: string) => {
  const reviewers = await findReviewers(document);
  const drawn = reviewers.map((name) => ({ name, lot: Math.random() })); // <- blame
  for (const { name } of drawn.sort((a, b) => a.lot - b.lot)) {
    if (await askForReview(document, name)) return 'accepted';
  }
  return 'nobody';
});

export const repaired = workflow('shuffled-reviewers-repaired', async (document: string) => {
  const reviewers = await findReviewers(document);
  const drawn = reviewers.map((name) => ({ name, lot: random() }));
  for (const { name } of drawn.sort((a, b) => a.lot - b.lot)) {
    if (await askForReview(document, name)) return 'accepted';
  }
  return 'nobody';
});

export const fuzz: FuzzPlan = {
  input: fc.constantFrom('contract', 'policy'),
  results: {
    findReviewers: fc.subarray(['ada', 'grace', 'edsger', 'barbara'], { minLength: 2 }),
    askForReview: fc.boolean(),
  },
};
