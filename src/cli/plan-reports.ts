import { resolve } from 'node:path';
import { cliError } from './errors.js';
import type { ReportTarget } from './parse-reporter.js';

/**
 * The reports that are asked for, the one for stdout first; it is the screen if nothing else is. Throws `usage` for two
 * reports to one place.
 */
export function planReports<Reporter extends string>(
  given: readonly ReportTarget<Reporter>[] = [],
  json: boolean,
): readonly ReportTarget<Reporter | 'terminal' | 'json'>[] {
  const asked = given.filter(({ file }) => file === undefined).map(({ reporter }) => reporter);
  const [first = 'terminal', second] = new Set(json ? ['json' as const, ...asked] : asked);
  if (second !== undefined) {
    const hint = `Give one of them a file: --reporter ${second}=file, or =/dev/stderr.`;
    throw cliError('usage', `Two reports would go to stdout: ${first} and ${second}.`, { hint });
  }
  const files = given.filter(({ file }) => file !== undefined);
  const twice = files.find(({ file }, at) => files.slice(0, at).some((one) => resolve(one.file!) === resolve(file!)));
  if (twice) throw cliError('usage', `Two reports would go to ${twice.file}.`);
  return [{ reporter: first, file: undefined }, ...files];
}
