import type { ChalkInstance } from 'chalk';
import type { Divergence } from '../../engine/index.js';
import { widthFor, type Screen } from '../../report/terminal/screen.js';
import { hanging, plain } from '../../report/terminal/wrap.js';
import type { EngineShowResult } from '../../results/index.js';
import { divergenceLines, divergenceOf } from './divergence.js';
import { nearPaths } from './error-text.js';
import { eventLines } from './event-lines.js';
import { moment, span } from './span.js';

interface View {
  readonly chalk: ChalkInstance;
  readonly columns: number;
  readonly now: number;
  readonly readSource: (file: string) => string | undefined;
}

const TEXT_COLUMN = 11;

/** One execution: who it is, its history by relative time, and where it stands. */
export function showScreen(result: EngineShowResult, view: View): string {
  const { execution, history } = result;
  const { chalk, now } = view;
  const screen: Screen = { chalk, width: widthFor(view.columns), readSource: view.readSource };
  const started = `${moment(execution.createdAt)}, ${span(Math.max(now - execution.createdAt, 0))} ago`;
  const label = (name: string, text: string): string[] =>
    hanging(name.padEnd(TEXT_COLUMN - 2), text, TEXT_COLUMN, screen.width, chalk.dim);
  const lines = [
    `${chalk.bold(plain(execution.id))}  ${plain(execution.workflow)}`,
    ...label('started', started),
    '',
    ...history.flatMap((event) => eventLines(event, history, screen)),
    '',
    ...label('status', execution.status),
    ...waits(result, now).flatMap((text) => label('waits for', text)),
    ...holder(execution, now).flatMap((text) => label('held by', text)),
    ...problem(execution, screen, label),
  ];
  return `${lines.join('\n')}\n`;
}

function waits({ execution, waitsFor }: EngineShowResult, now: number): string[] {
  return execution.status === 'blocked'
    ? ['other code']
    : waitsFor.map((waiting) => waitingText(waiting, execution.leaseOwner !== null, now));
}

function waitingText(waiting: EngineShowResult['waitsFor'][number], held: boolean, now: number): string {
  if (waiting.kind === 'signal') return 'a signal';
  const due = waiting.kind === 'timer' ? waiting.dueAt : waiting.notBefore;
  const when = due <= now ? (held ? 'with its worker' : 'due now') : `${moment(due)}, in ${span(due - now)}`;
  if (waiting.kind === 'timer') return `timer #${waiting.seq}: ${when}`;
  return `${plain(waiting.name)} #${waiting.seq}, attempt ${waiting.attempt}: ${when}`;
}

function holder({ leaseOwner, leaseUntil, claims }: EngineShowResult['execution'], now: number): string[] {
  const left = (leaseUntil ?? 0) - now;
  const lease = left > 0 ? `for ${span(left)} more` : `the lease ran out ${span(-left)} ago`;
  return [
    ...(leaseOwner === null ? [] : [`${leaseOwner}, ${lease}`]),
    ...(claims > 2 ? [`claimed ${claims} times without progress`] : []),
  ];
}

function problem(
  { problem: known }: EngineShowResult['execution'],
  screen: Screen,
  label: (name: string, text: string) => string[],
): string[] {
  if (!known) return [];
  const { code, message, details } = known;
  const [first = '', ...rest] = nearPaths(message).split('\n');
  const divergence: Divergence | undefined = divergenceOf({ code, details });
  return [
    ...label('because', `${code}: ${first}`),
    ...(divergence
      ? divergenceLines(divergence, screen)
      : rest.map((line) => `${' '.repeat(TEXT_COLUMN)}${plain(line)}`)),
  ];
}
