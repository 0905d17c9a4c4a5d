import type { CrashwiseError } from '../../engine/crashwise-error.js';
import type { Screen } from '../../report/terminal/screen.js';
import { hanging, wrap } from '../../report/terminal/wrap.js';
import { nearPaths } from '../near-paths.js';
import { divergenceLines, divergenceOf } from './divergence.js';

const TEXT_COLUMN = 6;

/**
 * The form of all errors: what happened, what happens now, what to do, where to read on. Of a divergence both sides
 * stand where the rest of its message would.
 */
export function errorText(error: CrashwiseError, screen: Screen): string {
  const { chalk, width } = screen;
  const [first = '', ...rest] = nearPaths(error.message).split('\n');
  const [head = '', ...more] = wrap(`${error.code}: ${first}`, width - TEXT_COLUMN);
  const divergence = divergenceOf(error);
  // An error of the user's own making may have no page.
  const page = screen.pagePath(error.page);
  const field = (label: string, text: string): string[] => hanging(label, text, TEXT_COLUMN, width, chalk.dim);
  const lines = [
    `${chalk.red.bold('error')} ${chalk.bold(error.code)}${head.slice(error.code.length)}`,
    ...more.map((line) => ' '.repeat(TEXT_COLUMN) + line),
    ...(divergence ? divergenceLines(divergence, screen) : rest.flatMap((line) => indented(line, width))),
    ...field('now', error.next),
    ...field('do', error.hint),
    // Never broken, so that it can be copied.
    ...(page === undefined ? [] : [`${chalk.dim('read')}  ${page}`]),
  ];
  return `${lines.join('\n')}\n`;
}

// Lines of a stack and of a list keep their own indentation.
function indented(line: string, width: number): string[] {
  const margin = ' '.repeat(TEXT_COLUMN + Math.min(line.search(/\S|$/), TEXT_COLUMN));
  return wrap(line, width - margin.length).map((text) => (margin + text).trimEnd());
}
