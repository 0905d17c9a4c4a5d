import type { ChalkInstance } from 'chalk';
import { columnsOf } from './columns-of.js';
import { wantsColor } from './wants-color.js';

/** Where a command writes. stdout is data, stderr is talk. */
export interface Output {
  readonly json: boolean;
  readonly columns: number;
  /** Text for a reader, or the one JSON document of `--json`. */
  data(text: string): void;
  document(value: object): void;
  talk(text: string): void;
  /** chalk for a stream, loaded when it is asked for. */
  chalk(stream: 'stdout' | 'stderr'): Promise<ChalkInstance>;
}

/** `argv` is looked at directly, so that an error of the parser is printed as it was asked for, too. */
export function openOutput(argv: readonly string[]): Output {
  const flags = argv.includes('--') ? argv.slice(0, argv.indexOf('--')) : argv;
  const colored = (stream: 'stdout' | 'stderr'): boolean =>
    wantsColor(process.env, !flags.includes('--no-color'), process[stream].isTTY);
  process.stdout.on('error', ignoreClosedPipe);
  process.stderr.on('error', ignoreClosedPipe);
  return {
    json: flags.includes('--json'),
    columns: columnsOf(process.stdout),
    data: (text) => void process.stdout.write(text),
    document: (value) => void process.stdout.write(`${JSON.stringify(value, null, 2)}\n`),
    talk: (text) => void process.stderr.write(text),
    async chalk(stream) {
      const { Chalk } = await import('chalk');
      return new Chalk({ level: colored(stream) ? 1 : 0 });
    },
  };
}

// A reader that has seen enough, such as `head`, is no reason to fail.
function ignoreClosedPipe(error: NodeJS.ErrnoException): void {
  if (error.code !== 'EPIPE') throw error;
}
