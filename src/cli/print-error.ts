import { CommanderError } from 'commander';
import { CrashwiseError } from '../engine/crashwise-error.js';
import { widthFor } from '../report/terminal/screen.js';
import { EXIT, type ExitCode } from '../results/exit-codes.js';
import { columnsOf } from './columns-of.js';
import { cliError } from './errors.js';
import type { Output } from './output.js';
import { readSource } from './read-source.js';
import { divergenceLines, divergenceOf } from './screens/divergence.js';
import { errorText } from './screens/error-text.js';
import { userPlace } from './user-place.js';

/** Tells an error on stderr and returns the exit code for it. Only a bug of crashwise is told with its stack. */
export async function printError(error: unknown, output: Output): Promise<ExitCode> {
  const chalk = await output.chalk('stderr');
  const known = asKnown(error);
  const told = known ?? bug(error);
  const divergence = divergenceOf(told);
  const screen = { chalk, width: widthFor(columnsOf(process.stderr)), readSource };
  output.talk(errorText(told, chalk, divergence && divergenceLines(divergence, screen)));
  if (output.json) {
    const { code, message, next, hint } = told;
    output.document({ schema: 'crashwise/error@1', code, message, next, hint });
  }
  if (!known) return EXIT.BUG;
  return divergence ? EXIT.FINDINGS : EXIT.USAGE;
}

function asKnown(error: unknown): CrashwiseError | undefined {
  if (error instanceof CommanderError) return usageError(error);
  if (CrashwiseError.is(error)) return error;
  const place = userPlace(error);
  if (place === undefined) return undefined;
  return cliError('code-threw', `${String(error)}\nat ${place}`, { cause: error });
}

// `error: unknown option '--patern'\n(Did you mean --pattern?)`, as commander words it.
function usageError({ message, path = 'crashwise' }: CommanderError & { path?: string }): CrashwiseError {
  const text = message.replace(/^error: /, '').replace(/\n\((Did you mean .*)\)$/s, '. $1');
  const sentence = `${text.slice(0, 1).toUpperCase()}${text.slice(1)}`;
  return cliError('usage', /[.?]$/.test(sentence) ? sentence : `${sentence}.`, { hint: `See ${path} --help.` });
}

function bug(error: unknown): CrashwiseError {
  const stack = error instanceof Error ? (error.stack ?? error.message) : String(error);
  const advice = {
    next: 'Nothing can be said about what was asked for.',
    hint: 'Report it, with this text and what you ran.',
  };
  return new CrashwiseError('bug', `This is a bug of crashwise, not of your code.\n${stack}`, advice, { cause: error });
}
