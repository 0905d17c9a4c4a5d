import { existsSync } from 'node:fs';
import { join, sep } from 'node:path';
import type { ChalkInstance } from 'chalk';
import type { CrashwiseError } from '../../engine/crashwise-error.js';
import { PACKAGE_ROOT } from '../package-root.js';
import { shownPath } from '../shown-path.js';

/**
 * The form of all errors: what happened, what happens now, what to do, where to read on. `body` stands for what follows
 * the first line of the message.
 */
export function errorText(error: CrashwiseError, chalk: ChalkInstance, body?: readonly string[]): string {
  const [first = '', ...rest] = nearPaths(error.message).split('\n');
  const page = join(PACKAGE_ROOT, error.page);
  const lines = [
    `${chalk.red.bold('error')} ${chalk.bold(error.code)}: ${first}`,
    ...(body ?? rest.map((line) => `      ${line}`)),
    `${chalk.dim('now')}   ${error.next}`,
    `${chalk.dim('do')}    ${error.hint}`,
    // An error of the user's own making may have no page.
    ...(existsSync(page) ? [`${chalk.dim('read')}  ${shownPath(page)}`] : []),
  ];
  return `${lines.join('\n')}\n`;
}

/** Without the path of this directory before the names of its files. */
export function nearPaths(text: string): string {
  return text.replaceAll(`${process.cwd()}${sep}`, '');
}
