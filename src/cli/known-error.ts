import { CommanderError } from 'commander';
import { CrashwiseError } from '../engine/crashwise-error.js';
import { userPlace } from '../loader/user-place.js';
import { didYouMean } from './closest-name.js';
import { cliError } from './errors.js';

/** The error as one of those that have a page; undefined for a bug of crashwise. */
export function knownError(error: unknown): CrashwiseError | undefined {
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
