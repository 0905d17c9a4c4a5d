import { expect, test } from 'vitest';
import { DEFAULT_ANSWERS, type InitAnswers } from './answers.js';
import { answersProblem, entityProblem, stepsProblem, twiceProblem } from './problem-of.js';

test.each(['order', 'trial-signup', 'Order2', 'a', 'class', 'a'.repeat(40)])('%s is a name', (entity) => {
  expect(entityProblem(entity)).toBeUndefined();
});

test.each(['', '2fa', '-a', 'a-', 'a--b', 'a b', 'a/b', '../a', 'a.b', 'a_b', 'größe', "a'", 'a'.repeat(41)])(
  '%j is no name',
  (entity) => {
    expect(entityProblem(entity)).toMatch(/^A name has letters, digits and single dashes/);
  },
);

test.each([
  [[], 'A first flow has 1 to 3 steps'],
  [['a', 'b', 'c', 'd'], 'A first flow has 1 to 3 steps'],
  [['charge card', ''], '"" is no step'],
  [["it's"], `"it's" is no step`],
  [['a`b'], '"a`b" is no step'],
  [['2 cards'], '"2 cards" is no step'],
  [['then'], '"then" is no step'],
  [['ship', 'to string'], '"to string" is no step'],
  [['constructor'], '"constructor" is no step'],
  [['charge card', 'Charge-Card'], '"Charge-Card" is there twice'],
  [['chargecard', 'charge card'], '"charge card" is there twice'],
])('the steps %j are refused', (steps, problem) => {
  expect(stepsProblem(steps)).toContain(problem);
});

test('what may happen twice is some of the steps, and not all', () => {
  expect(stepsProblem(['charge card', 'ship', 'delete'])).toBeUndefined();
  expect(twiceProblem([], ['ship'])).toBeUndefined();
  expect(twiceProblem(['ship'], ['charge card', 'ship'])).toBeUndefined();
  expect(twiceProblem(['shp'], ['charge card', 'ship'])).toContain('"shp" is none of the steps: charge card, ship.');
  expect(twiceProblem(['ship'], ['ship'])).toContain('At least one step must not happen twice');
});

test('the defaults are good answers, and a machinery that is not there is none', () => {
  expect(answersProblem(DEFAULT_ANSWERS)).toBeUndefined();
  const answers = { ...DEFAULT_ANSWERS, pattern: 'queue' as InitAnswers['pattern'] };
  expect(answersProblem(answers)).toBe('"queue" is none of durable, accidental.');
});
