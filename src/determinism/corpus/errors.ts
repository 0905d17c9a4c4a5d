import { CrashwiseError } from '../../engine/crashwise-error.js';

/** As `ENGINE_ERRORS`: what happens now and what to do, for each code of a recorded history that cannot be used. */
export const CORPUS_ERRORS = {
  'history-unreadable': {
    next: 'That history was left out; the others were read.',
    hint: 'Export it again: crashwise engine export --db <file> > histories.jsonl.',
  },
  'not-a-history': {
    next: 'It was left out; the histories beside it were read.',
    hint: 'Give what crashwise engine export prints: one bundle of crashwise/history@1, or one a line.',
  },
} as const satisfies Record<string, { next: string; hint: string }>;

export function corpusError(
  code: keyof typeof CORPUS_ERRORS,
  message: string,
  options: { cause?: unknown } = {},
): CrashwiseError {
  return new CrashwiseError(code, message, CORPUS_ERRORS[code], options);
}
