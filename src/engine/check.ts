import { engineError } from './errors.js';

/** The id or name itself, if it is one. Throws `invalid-argument`. */
export function checkName(what: string, value: unknown): string {
  if (typeof value === 'string' && value.length > 0 && value.length <= 1_000 && !value.includes('\0')) return value;
  const got = typeof value === 'string' ? `one of ${value.length}` : typeof value;
  throw engineError('invalid-argument', `${what} is a text of 1 to 1,000 characters without NUL, not ${got}.`);
}

/** No wait is longer, in ms: some 300 years, so that the time at its end is still one that a clock can show. */
export const MAX_WAIT_MS = 1e13;

/** Throws `invalid-argument` unless each of these, where it is given at all, is a number above 0 and not too large. */
export function checkPositive(values: Readonly<Record<string, unknown>>, largest = MAX_WAIT_MS): void {
  for (const [name, value] of Object.entries(values)) {
    if (value === undefined || (typeof value === 'number' && value > 0 && value <= largest)) continue;
    throw engineError('invalid-argument', `${name} is a number above 0, or is left out; not ${String(value)}.`);
  }
}
