import { Chalk, type ChalkInstance } from 'chalk';
import type { Output } from './output.js';
import { STDERR, type ReportTarget } from './parse-reporter.js';
import { makeWritable, writeWhole } from './write-whole.js';

/** The colours and the columns of the place that a report goes to. */
export interface ReportPlace {
  readonly chalk: ChalkInstance;
  readonly columns: number;
}

const FILE_COLUMNS = 80;

/** Throws `file-not-written` for a report that cannot be written: before the work, not after it. */
export function mustBeWritable(targets: readonly ReportTarget[]): void {
  for (const { file } of targets) if (file !== undefined && file !== STDERR) makeWritable(file);
}

/** Writes each report to its place. Throws `file-not-written`; those before it are written then. */
export async function writeReports<Reporter extends string>(
  targets: readonly ReportTarget<Reporter>[],
  textOf: (reporter: Reporter, place: ReportPlace) => Promise<string>,
  output: Output,
): Promise<void> {
  for (const { reporter, file } of targets) {
    const place =
      file === undefined
        ? { chalk: await output.chalk('stdout'), columns: output.columns }
        : { chalk: new Chalk({ level: 0 }), columns: FILE_COLUMNS };
    const text = await textOf(reporter, place);
    if (file === undefined) output.data(text);
    else if (file === STDERR) output.talk(text);
    else writeWhole(file, text);
  }
}
