import { CrashwiseError, ENGINE_ERRORS, type EngineErrorCode } from '../../engine/index.js';
import type { Screen } from '../../report/terminal/screen.js';
import { hanging, plain } from '../../report/terminal/wrap.js';
import type { EngineShowResult } from '../../results/index.js';
import { errorText } from './error-text.js';
import { eventLines } from './event-lines.js';
import { moment, span } from './span.js';

const TEXT_COLUMN = 11;

/** One execution: who it is, its history by relative time, where it stands, and what is wrong with it. */
export function showScreen(result: EngineShowResult, screen: Screen, now: number): string {
  const { execution, history } = result;
  const { chalk, width } = screen;
  const started = `${moment(execution.createdAt)}, ${span(Math.max(now - execution.createdAt, 0))} ago`;
  const label = (name: string, text: string): string[] =>
    hanging(name.padEnd(TEXT_COLUMN - 2), text, TEXT_COLUMN, width, chalk.dim);
  const lines = [
    `${chalk.bold(plain(execution.id))}  ${plain(execution.workflow)}`,
    ...label('started', started),
    '',
    ...history.flatMap((event) => eventLines(event, history, screen)),
    '',
    ...label('status', execution.status),
    ...failure(execution).flatMap((text) => label('because', text)),
    ...waits(result, now).flatMap((text) => label('waits for', text)),
    ...holder(execution, now).flatMap((text) => label('held by', text)),
  ];
  return `${lines.join('\n')}\n${problem(execution, screen)}`;
}

function waits({ execution, waitsFor }: EngineShowResult, now: number): string[] {
  if (execution.status === 'blocked') return ['other code'];
  if (execution.status !== 'running') return [];
  const held = execution.leaseOwner !== null;
  if (waitsFor.length === 0) return [held ? 'its worker' : 'a worker'];
  return waitsFor.map((waiting) => waitingText(waiting, held, now));
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

function failure({ status, problem: known }: EngineShowResult['execution']): string[] {
  return status === 'failed' && known ? [`${known.code}: ${plain(known.message)}`] : [];
}

// What blocks it, as the worker told it when it met it.
function problem({ status, problem: known }: EngineShowResult['execution'], screen: Screen): string {
  if (!known || status === 'failed') return '';
  const { code, message, details } = known;
  return `\n${errorText(new CrashwiseError(code, message, adviceFor(code), { details }), screen)}`;
}

function adviceFor(code: string): { readonly next: string; readonly hint: string } {
  if (Object.hasOwn(ENGINE_ERRORS, code)) return ENGINE_ERRORS[code as EngineErrorCode];
  return { next: 'The execution is blocked, not failed.', hint: 'Upgrade crashwise: a newer one has recorded this.' };
}
