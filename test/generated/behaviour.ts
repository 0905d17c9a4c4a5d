import type { Failure, Json, RetryPolicy } from '../../src/engine/index.js';
import { POLICIES, type Call } from './program.js';

export type Argument = { value: number | string; list: string[] };
export type Result = { value: number; list: string[] };

/** A 32-bit number that follows from the parts: FNV-1a with the finish of MurmurHash3. */
export function hash(...parts: readonly (string | number)[]): number {
  let h = 0x81_1c_9d_c5;
  for (const char of parts.join('\0')) h = Math.imul(h ^ char.charCodeAt(0), 0x01_00_01_93);
  h = Math.imul(h ^ (h >>> 16), 0x85_eb_ca_6b);
  h = Math.imul(h ^ (h >>> 13), 0xc2_b2_ae_35);
  return (h ^ (h >>> 16)) >>> 0;
}

/** What an attempt comes to: a function of the program and the arguments, so the same in every life. */
export function outcomeOf(
  call: Call,
  args: readonly Json[],
  attempt: number,
  seed: number,
): { result: Result | undefined } | { failure: Failure } {
  const [callId, arg] = args as [string, Argument];
  if (attempt <= call.fails) return { failure: { name: call.error, message: `${callId} attempt ${attempt}` } };
  if (call.name === 'notify') return { result: undefined };
  return { result: { value: hash(seed, callId, arg.value) % 10, list: [...arg.list, callId] } };
}

/** How long the engine should wait after this failure, or undefined if it is for good. By hand, from the docs. */
export function expectedDelayMs(call: Call, attempt: number): number | undefined {
  switch (call.policy) {
    case 'once':
      return undefined;
    case 'three':
      return [40_000, 100_000][attempt - 1];
    case 'picky':
      return call.error === 'FatalError' ? undefined : [7_000, 14_000, 28_000, 56_000][attempt - 1];
    case 'unbounded':
      return Math.min(1_000 * 2 ** (attempt - 1), 100_000);
  }
}

/** True if no attempt that the policy allows succeeds. */
export function failsForGood(call: Call): boolean {
  if (call.fails === 0) return false;
  if (call.policy === 'picky' && call.error === 'FatalError') return true;
  const { maximumAttempts = Infinity }: RetryPolicy = POLICIES[call.policy];
  return call.fails >= maximumAttempts;
}
