import { CrashwiseError } from '../engine/crashwise-error.js';

/** As `ENGINE_ERRORS`: what happens now and what to do, for each code of the command line. */
export const CLI_ERRORS = {
  'code-stuck': {
    next: 'The command ended there, without a verdict: no budget ends code that lets no timer fire.',
    hint: 'Let the loop end, or wait in it for something that comes later: a timer, an activity, a signal.',
  },
  'memory-full': {
    next: 'The command ended there, without a verdict.',
    hint: 'Ask for less with --budget, as 100000states, or give Node more: NODE_OPTIONS=--max-old-space-size=8192.',
  },
  'code-threw': {
    next: 'The command ended there, without a verdict; what an engine has recorded is kept.',
    hint: 'Mend the line that the message names: it is not of crashwise.',
  },
  'database-not-found': {
    next: 'Nothing was read, and no file was made or changed.',
    hint: 'Correct the path after --db; `engine start` and `engine run` make the database where there is none.',
  },
  'scenario-exists': {
    next: 'Nothing was written, and the file is as it was.',
    hint: 'Choose another name with --entity, or move what is there out of the way.',
  },
  'scenario-not-written': {
    next: 'Nothing was written: files that were begun have been taken away again.',
    hint: 'Mend what the system says: a right, a full disk, a file where a folder is needed.',
  },
  'file-exists': {
    next: 'The file was left as it is, and nothing else was left out.',
    hint: 'Name another file, or delete this one first.',
  },
  'file-not-written': {
    next: 'What was asked for in that file is missing; the exit code says so even where nothing was found.',
    hint: 'Name a file in a folder that you may write to, on a disk with room.',
  },
  'last-run-unreadable': {
    next: 'Nothing was run: what failed last is not known.',
    hint: 'Run without --last-failed, which writes the file anew.',
  },
  'module-unusable': {
    next: 'Nothing was run.',
    hint: 'Export what workflow() returns, each name once; crashwise engine run --help shows a module.',
  },
  usage: {
    next: 'Nothing was run.',
    hint: 'See crashwise --help.',
  },
} as const satisfies Record<string, { next: string; hint: string }>;

export type CliErrorCode = keyof typeof CLI_ERRORS;

export function cliError(
  code: CliErrorCode,
  message: string,
  options: { cause?: unknown; hint?: string } = {},
): CrashwiseError {
  const { hint = CLI_ERRORS[code].hint, ...rest } = options;
  return new CrashwiseError(code, message, { ...CLI_ERRORS[code], hint }, rest);
}
