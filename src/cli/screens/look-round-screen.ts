import { hanging, wrap } from '../../report/terminal/wrap.js';
import type { LookRoundResult } from '../../results/index.js';

const TEXT_COLUMN = 11;
const MOST_NAMES = 4;

/** What this directory is, and the next commands: at most 15 lines on 80 columns. */
export function lookRoundScreen(result: LookRoundResult, columns: number): string {
  const { package: own, engines, scenarios, databases, next } = result;
  const what = own ? `${own.name}${own.version === null ? '' : ` ${own.version}`}` : 'no package.json, here or above';
  const known = engines.map((one) => `${one.package} ${one.version}${one.installed ? '' : ' (not installed)'}`);
  const line = (label: string, text: string): string[] => hanging(label, text, TEXT_COLUMN, columns);
  return [
    ...line('here', what),
    ...(own ? line('engines', some(known) || 'none named in package.json') : []),
    ...line('scenarios', some(scenarios) || 'none under scenarios/'),
    ...(databases.length > 0 ? line('databases', some(databases)) : []),
    '',
    'next',
    ...nextLines(next, columns),
    '',
  ].join('\n');
}

// A command stays on one line, to be copied; where there is no room beside them the texts stand below.
function nextLines(next: LookRoundResult['next'], columns: number): readonly string[] {
  const width = Math.max(...next.map(({ command }) => command.length));
  const fits = next.every(({ text }) => 2 + width + 2 + text.length <= columns);
  return next.flatMap(({ command, text }) =>
    fits
      ? [`  ${command.padEnd(width)}  ${text}`]
      : [`  ${command}`, ...wrap(text, columns - 6).map((words) => `      ${words}`)],
  );
}

function some(names: readonly string[]): string {
  const more = names.length > MOST_NAMES ? ` and ${names.length - MOST_NAMES} more` : '';
  return names.slice(0, MOST_NAMES).join(', ') + more;
}
