import { expect, test } from 'vitest';
import { retryDelayMs } from './retry.js';

const failure = { name: 'Error', message: 'no' };

test.each([
  ['the first wait is a second', {}, 1, 1_000],
  ['and doubles', {}, 4, 8_000],
  ['up to a hundred times the first', {}, 40, 100_000],
  ['whatever the first is', { initialIntervalMs: 7 }, 40, 700],
  ['or what the policy says', { maximumIntervalMs: 5_000 }, 40, 5_000],
  ['with another factor', { backoffCoefficient: 3 }, 3, 9_000],
  ['the last attempt has no successor', { maximumAttempts: 3 }, 3, undefined],
  ['the one before it has', { maximumAttempts: 3 }, 2, 2_000],
  ['an error that is not tried again', { nonRetryableErrors: ['Error'] }, 1, undefined],
  ['another one is', { nonRetryableErrors: ['Err'] }, 1, 1_000],
])('%s', (_, policy, attempt, delayMs) => {
  expect(retryDelayMs(policy, attempt, failure)).toBe(delayMs);
});
