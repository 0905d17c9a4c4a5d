import type { ChalkInstance } from 'chalk';
import { plain } from '../../report/terminal/wrap.js';
import type { EngineListResult } from '../../results/index.js';
import { nearPaths } from './error-text.js';
import { span } from './span.js';

type Execution = EngineListResult['executions'][number];

interface View {
  readonly chalk: ChalkInstance;
  readonly columns: number;
  readonly now: number;
}

/** More claims than this without an event: the workers die before they get anywhere. */
const USUAL_CLAIMS = 2;
const HEAD = ['id', 'workflow', 'status', 'events', 'waits for', 'held by'];

/** The executions as a table. Where it is too wide for the screen, who holds one stands below it. */
export function listScreen({ executions }: EngineListResult, view: View): string {
  const rows = executions.map((one) => cellsOf(one, view.now));
  const whole = widthsOf([HEAD, ...rows]);
  const fits = whole.reduce((sum, width) => sum + width + 2, -2) <= view.columns;
  const shown = fits ? HEAD.length : HEAD.length - 1;
  const line = (cells: readonly string[], status?: Execution['status']): string =>
    cells
      .slice(0, shown)
      .map((cell, at) => paint(cell.padEnd(whole[at]!), at, status, view.chalk))
      .join('  ')
      .trimEnd();
  const lines = executions.flatMap((one, index) => {
    const cells = rows[index]!;
    const holder = fits || cells.at(-1) === '' ? [] : [`held by ${cells.at(-1)}`];
    return [line(cells, one.status), ...[...holder, ...notes(one)].map((note) => `  ${view.chalk.dim(note)}`)];
  });
  return `${[view.chalk.dim(line(HEAD)), ...lines].join('\n')}\n`;
}

function cellsOf(one: Execution, now: number): readonly string[] {
  return [plain(one.id), plain(one.workflow), one.status, String(one.length), waitsFor(one, now), holderOf(one, now)];
}

function waitsFor({ status, wakeAt, leaseOwner, leaseUntil }: Execution, now: number): string {
  if (status === 'blocked') return 'other code';
  if (status !== 'running') return '';
  if (leaseOwner !== null) return (leaseUntil ?? 0) > now ? 'its worker' : 'a worker';
  if (wakeAt === null) return 'a signal';
  return wakeAt <= now ? 'a worker' : `the clock: ${span(wakeAt - now)}`;
}

function holderOf({ leaseOwner, leaseUntil }: Execution, now: number): string {
  if (leaseOwner === null) return '';
  const left = (leaseUntil ?? 0) - now;
  return `${plain(leaseOwner)}, ${left > 0 ? `${span(left)} left` : `ran out ${span(-left)} ago`}`;
}

function notes({ claims, problem }: Execution): readonly string[] {
  return [
    ...(claims > USUAL_CLAIMS ? [`claimed ${claims} times without progress`] : []),
    ...(problem ? [`${problem.code}: ${plain(nearPaths(problem.message).split('\n')[0]!)}`] : []),
  ];
}

function widthsOf(rows: readonly (readonly string[])[]): readonly number[] {
  return HEAD.map((_, at) => Math.max(...rows.map((cells) => cells[at]!.length)));
}

function paint(cell: string, at: number, status: Execution['status'] | undefined, chalk: ChalkInstance): string {
  if (at !== 2 || status === undefined || status === 'running') return cell;
  return { blocked: chalk.yellow, failed: chalk.red, completed: chalk.green }[status](cell);
}
