import type { Failure, RetryPolicy } from './history.js';

/**
 * How long to wait after failed attempt number `attempt` (from 1), in ms, or undefined if the activity has failed for
 * good. Exponential backoff without jitter: one worker retries one execution, so there is no herd to spread.
 */
export function retryDelayMs(policy: RetryPolicy = {}, attempt: number, failure: Failure): number | undefined {
  if (attempt >= (policy.maximumAttempts ?? Infinity)) return undefined;
  if (policy.nonRetryableErrors?.includes(failure.name)) return undefined;
  // What cannot be recorded, or does not exist, will not get better by trying again.
  if (failure.code === 'not-serializable' || failure.code === 'payload-too-large') return undefined;
  const initial = policy.initialIntervalMs ?? 1_000;
  const factor = policy.backoffCoefficient ?? 2;
  return Math.min(initial * factor ** (attempt - 1), policy.maximumIntervalMs ?? initial * 100);
}
