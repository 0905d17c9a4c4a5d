import { CrashwiseError } from '../engine/crashwise-error.js';
import { EXIT, type ExitCode } from '../results/exit-codes.js';
import { knownError } from './known-error.js';
import { nearPaths } from './near-paths.js';
import type { Output } from './output.js';
import { screenFor } from './screen-for.js';
import { divergenceOf } from './screens/divergence.js';
import { errorText } from './screens/error-text.js';

/** Tells an error on stderr and returns the exit code for it. Only a bug of crashwise is told with its stack. */
export async function printError(error: unknown, output: Output): Promise<ExitCode> {
  const known = knownError(error);
  const told = known ?? bug(error);
  output.talk(errorText(told, await screenFor('stderr', output)));
  if (output.json && !output.hasData) {
    const { code, message, next, hint } = told;
    output.document({ schema: 'crashwise/error@1', code, message: nearPaths(message), next, hint });
  }
  if (!known) return EXIT.BUG;
  return divergenceOf(told) ? EXIT.FINDINGS : EXIT.USAGE;
}

function bug(error: unknown): CrashwiseError {
  const stack = error instanceof Error ? (error.stack ?? error.message) : String(error);
  const advice = {
    next: 'Nothing can be said about what was asked for.',
    hint: 'Report it, with this text and what you ran.',
  };
  return new CrashwiseError('bug', `This is a bug of crashwise, not of your code.\n${stack}`, advice, { cause: error });
}
