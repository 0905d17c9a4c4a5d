import { InvalidArgumentError } from 'commander';
import { didYouMean } from './closest-name.js';

const REPORTERS = ['terminal', 'json', 'junit', 'github', 'mermaid'] as const;

/** Written to as it is open: by name that fails where it is a socket, and on Windows. */
export const STDERR = '/dev/stderr';

/** A report, and the file that it goes to; undefined for stdout. */
export interface ReportTarget {
  readonly reporter: (typeof REPORTERS)[number];
  readonly file: string | undefined;
}

/** `junit=out.xml`, or `junit` for stdout. */
export function parseReporter(text: string): ReportTarget {
  const [, name = '', file] = /^([^=]*)(?:=(.*))?$/s.exec(text) ?? [];
  const reporter = REPORTERS.find((one) => one === name);
  if (reporter === undefined) {
    throw new InvalidArgumentError(`It takes ${REPORTERS.join(', ')}.${didYouMean(name, REPORTERS)}`);
  }
  if (file === '') throw new InvalidArgumentError(`A file follows the equals sign: ${reporter}=file.`);
  return { reporter, file: file === '/dev/stdout' ? undefined : file };
}
