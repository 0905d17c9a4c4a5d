import { EXIT, type ExitCode } from '../../results/exit-codes.js';
import type { LookRoundResult } from '../../results/index.js';
import type { InputOf } from '../command-table.js';
import { lookRound } from '../look-round.js';
import type { Output } from '../output.js';
import type { lookRoundTable } from '../tables/look-round.js';

/** `crashwise` alone: what this directory is, and the next commands. At most 15 lines. */
export async function lookRoundCommand(_: InputOf<typeof lookRoundTable>, output: Output): Promise<ExitCode> {
  const result = await lookRound(process.cwd());
  if (output.json) output.document(result);
  else output.data(screen(result));
  return EXIT.CLEAN;
}

const MOST_NAMES = 4;

function screen({ package: own, engines, scenarios, databases, next }: LookRoundResult): string {
  const what = own ? `${own.name}${own.version === null ? '' : ` ${own.version}`}` : 'no package.json';
  const known = engines.map((one) => `${one.package} ${one.version}${one.installed ? '' : ' (not installed)'}`);
  const width = Math.max(...next.map(({ command }) => command.length));
  return [
    `here       ${what}`,
    `engines    ${some(known) || 'none of the engines that crashwise knows'}`,
    `scenarios  ${some(scenarios) || 'none under scenarios/'}`,
    ...(databases.length > 0 ? [`databases  ${some(databases)}`] : []),
    '',
    'next',
    ...next.map(({ command, text }) => `  ${command.padEnd(width)}  ${text}`),
    '',
  ].join('\n');
}

function some(names: readonly string[]): string {
  const more = names.length > MOST_NAMES ? ` and ${names.length - MOST_NAMES} more` : '';
  return names.slice(0, MOST_NAMES).join(', ') + more;
}
