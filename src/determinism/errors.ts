import { CrashwiseError } from '../engine/crashwise-error.js';

/** As `ENGINE_ERRORS`: what happens now and what to do, for each code of the search for non-determinism. */
export const DETERMINISM_ERRORS = {
  'no-workflows': {
    next: 'Nothing of that module was run.',
    hint: 'Export what workflow() returns.',
  },
  'plan-unusable': {
    next: 'Nothing of that workflow was run any more.',
    hint: 'Mend the value of the exported `fuzz`, or of crashwise.config, that the message names.',
  },
  'config-unusable': {
    next: 'Nothing was run.',
    hint: 'Write `export default defineConfig({ fuzz: { workflowName: plan } })` there.',
  },
  'learn-unusable': {
    next: 'Nothing was learnt from it; all the rest was done.',
    hint: 'Name a folder with bundles of histories, or with what `crashwise engine show --json` prints.',
  },
} as const satisfies Record<string, { next: string; hint: string }>;

export function determinismError(
  code: keyof typeof DETERMINISM_ERRORS,
  message: string,
  options: { cause?: unknown } = {},
): CrashwiseError {
  return new CrashwiseError(code, message, DETERMINISM_ERRORS[code], options);
}
