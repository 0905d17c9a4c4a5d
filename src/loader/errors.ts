import { CrashwiseError } from '../engine/crashwise-error.js';

/** As `ENGINE_ERRORS`: what happens now and what to do, for each code of loading the user's modules. */
export const LOADER_ERRORS = {
  'module-not-loaded': {
    next: 'Nothing was run.',
    hint: 'Mend the file that the message names; it was loaded as it is, TypeScript or JavaScript.',
  },
} as const satisfies Record<string, { next: string; hint: string }>;

export function loaderError(
  code: keyof typeof LOADER_ERRORS,
  message: string,
  options: { cause?: unknown; hint?: string } = {},
): CrashwiseError {
  const { hint = LOADER_ERRORS[code].hint, ...rest } = options;
  return new CrashwiseError(code, message, { ...LOADER_ERRORS[code], hint }, rest);
}
