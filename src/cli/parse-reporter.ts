import { InvalidArgumentError } from 'commander';
import { didYouMean } from './closest-name.js';

/** Written to as it is open: by name that fails where it is a socket, and on Windows. */
export const STDERR = '/dev/stderr';

/** A report, and the file that it goes to; undefined for stdout. */
export interface ReportTarget<Reporter extends string = string> {
  readonly reporter: Reporter;
  readonly file: string | undefined;
}

/** Reads `junit=out.xml`, or `junit` for stdout, for a command that has these reports. */
export function reporterOf<const Reporter extends string>(
  ...reporters: readonly Reporter[]
): (text: string) => ReportTarget<Reporter> {
  return (text) => {
    const [, name = '', file] = /^([^=]*)(?:=(.*))?$/s.exec(text) ?? [];
    const reporter = reporters.find((one) => one === name);
    if (reporter === undefined) {
      throw new InvalidArgumentError(`It takes ${reporters.join(', ')}.${didYouMean(name, reporters)}`);
    }
    if (file === '') throw new InvalidArgumentError(`A file follows the equals sign: ${reporter}=file.`);
    return { reporter, file: file === '/dev/stdout' ? undefined : file };
  };
}
