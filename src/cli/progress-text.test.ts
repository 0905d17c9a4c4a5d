import { expect, test } from 'vitest';
import { progressText } from './progress-text.js';

const search = { scenario: 'signup', pattern: 'durable', states: 1_200, open: 310 };

test('tells what is known', () => {
  expect(progressText(search)).toBe('signup durable: 1,200 states, 310 open');
  expect(progressText({ ...search, states: 1, violations: 1, statesPerSecond: 4_000.4 })).toBe(
    'signup durable: 1 state, 310 open, 1 violation · 4,000/s',
  );
  expect(progressText({ ...search, violations: 0, maxStates: 5_000, leftMs: 11_001 })).toBe(
    'signup durable: 1,200 of 5,000 states, 310 open, 0 violations · 12 s left',
  );
});
