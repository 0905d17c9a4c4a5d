import type { ReplayResult } from '../../results/index.js';
import type { Screen } from '../../report/terminal/screen.js';
import { count, figure } from '../../report/terminal/words.js';
import { hanging } from '../../report/terminal/wrap.js';

const MOST = 10;

/** What could not be read, and where to read on; nothing if all could. */
export function unreadableLines({ count: number, first }: ReplayResult['unreadable'], screen: Screen): string[] {
  if (number === 0) return [];
  const { chalk, width } = screen;
  const shown = first.slice(0, MOST);
  const pages = [...new Set(shown.map(({ code }) => screen.pagePath(`docs/errors/${code}.md`)))].filter(Boolean);
  return [
    ...hanging('UNREADABLE', `${count(number, 'history')}; the others were replayed.`, 12, width, chalk.red.bold),
    ...shown.flatMap(({ file, line, code, message }) =>
      hanging(`  ${line === null ? file : `${file}:${line}`}`, `${code}: ${message}`, 12, width, chalk.cyan),
    ),
    ...(number > shown.length ? [`  and ${figure(number - shown.length)} more`] : []),
    ...pages.map((page) => `${chalk.dim('  read')}      ${page}`),
  ];
}
