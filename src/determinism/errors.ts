import { CrashwiseError } from '../engine/crashwise-error.js';

/** As `ENGINE_ERRORS`: what happens now and what to do, for each code of the search for non-determinism. */
export const DETERMINISM_ERRORS = {
  'no-workflows': {
    next: 'Nothing of that module was run.',
    hint: 'Export what workflow() returns.',
  },
  'plan-unusable': {
    next: 'Nothing of that workflow was run any more.',
    hint: 'Mend the value of the exported `fuzz` that the message names.',
  },
} as const satisfies Record<string, { next: string; hint: string }>;

export function determinismError(
  code: keyof typeof DETERMINISM_ERRORS,
  message: string,
  options: { cause?: unknown } = {},
): CrashwiseError {
  return new CrashwiseError(code, message, DETERMINISM_ERRORS[code], options);
}
