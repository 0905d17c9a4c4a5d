import type { ChalkInstance } from 'chalk';
import { columnsOf } from './columns-of.js';
import { wantsColor } from './wants-color.js';

/** Where a command writes. stdout is data, stderr is talk. */
export interface Output {
  readonly json: boolean;
  /** Whether stdout has got anything: it holds one document and no second one. */
  readonly hasData: boolean;
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
  let hasData = false;
  const data = (text: string): void => {
    hasData = true;
    process.stdout.write(text);
  };
  process.stdout.on('error', ignoreClosedPipe);
  process.stderr.on('error', ignoreClosedPipe);
  return {
    json: flags.some((flag, at) => flag === '--json' || isJsonReporter(flag, flags[at + 1])),
    get hasData() {
      return hasData;
    },
    columns: columnsOf(process.stdout),
    data,
    document: (value) => data(`${JSON.stringify(value, null, 2)}\n`),
    talk: (text) => void process.stderr.write(text),
    async chalk(stream) {
      const { Chalk } = await import('chalk');
      return new Chalk({ level: colored(stream) ? 1 : 0 });
    },
  };
}

function isJsonReporter(flag: string, next: string | undefined): boolean {
  return flag === '--reporter=json' || (flag === '--reporter' && next === 'json');
}

// A reader that has seen enough, such as `head`, is no reason to fail.
function ignoreClosedPipe(error: NodeJS.ErrnoException): void {
  if (error.code !== 'EPIPE') throw error;
}
