import { CommanderError } from 'commander';
import { CrashwiseError } from '../engine/crashwise-error.js';
import { EXIT, type ExitCode } from '../results/exit-codes.js';
import { didYouMean } from './closest-name.js';
import { cliError } from './errors.js';
import { nearPaths } from './near-paths.js';
import type { Output } from './output.js';
import { screenFor } from './screen-for.js';
import { divergenceOf } from './screens/divergence.js';
import { errorText } from './screens/error-text.js';
import { userPlace } from '../loader/user-place.js';

/** Tells an error on stderr and returns the exit code for it. Only a bug of crashwise is told with its stack. */
export async function printError(error: unknown, output: Output): Promise<ExitCode> {
  const known = asKnown(error);
  const told = known ?? bug(error);
  output.talk(errorText(told, await screenFor('stderr', output)));
  if (output.json && !output.hasData) {
    const { code, message, next, hint } = told;
    output.document({ schema: 'crashwise/error@1', code, message: nearPaths(message), next, hint });
  }
  if (!known) return EXIT.BUG;
  return divergenceOf(told) ? EXIT.FINDINGS : EXIT.USAGE;
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
  const text = message.replace(/^error: /, '').replace(/\n\((Did you mean .*)\)$/s, '. $1') + meantChoice(message);
  const sentence = `${text.slice(0, 1).toUpperCase()}${text.slice(1)}`;
  return cliError('usage', /[.?]$/.test(sentence) ? sentence : `${sentence}.`, { hint: `See ${path} --help.` });
}

// What commander suggests for names it does not suggest for values.
function meantChoice(message: string): string {
  const [, given, choices] = /argument '(.*)' is invalid\. Allowed choices are (.*)\.$/s.exec(message) ?? [];
  return given === undefined || choices === undefined ? '' : didYouMean(given, choices.split(', '));
}

function bug(error: unknown): CrashwiseError {
  const stack = error instanceof Error ? (error.stack ?? error.message) : String(error);
  const advice = {
    next: 'Nothing can be said about what was asked for.',
    hint: 'Report it, with this text and what you ran.',
  };
  return new CrashwiseError('bug', `This is a bug of crashwise, not of your code.\n${stack}`, advice, { cause: error });
}
