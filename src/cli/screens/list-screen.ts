import type { ChalkInstance } from 'chalk';
import { plain, wrap } from '../../report/terminal/wrap.js';
import type { EngineListResult } from '../../results/index.js';
import { nearPaths } from '../near-paths.js';
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
const HOLDER = HEAD.length - 1;
const GAP = '  ';

/**
 * The executions as a table. Where it is too wide for the screen, who holds one stands below it; where it is too wide
 * even so, each id stands alone and the rest below it.
 */
export function listScreen({ executions }: EngineListResult, view: View): string {
  const rows = executions.map((one) => cellsOf(one, view.now));
  const whole = HEAD.map((_, at) => Math.max(...[HEAD, ...rows].map((cells) => cells[at]!.length)));
  const widths = [whole, whole.slice(0, HOLDER)].find((columns) => fits(columns, view.columns));
  const blocks = executions.flatMap((one, index) => {
    const cells = rows[index]!;
    const row = widths ? tableLine(cells, widths, one.status, view.chalk) : view.chalk.bold(cells[0]);
    const stand = widths ? [] : [standOf(cells)];
    const holder = widths === whole || cells[HOLDER] === '' ? [] : [`held by ${cells[HOLDER]}`];
    return [row, ...[...stand, ...holder, ...notes(one)].flatMap((note) => noteLines(note, view))];
  });
  const heading = widths ? [view.chalk.dim(tableLine(HEAD, widths, undefined, view.chalk))] : [];
  return `${[...heading, ...blocks].join('\n')}\n`;
}

function fits(widths: readonly number[], columns: number): boolean {
  return widths.reduce((sum, width) => sum + width + GAP.length, -GAP.length) <= columns;
}

function tableLine(
  cells: readonly string[],
  widths: readonly number[],
  status: Execution['status'] | undefined,
  chalk: ChalkInstance,
): string {
  const padded = widths.map((width, at) => paint(cells[at]!.padEnd(width), at, status, chalk));
  return padded.join(GAP).trimEnd();
}

function standOf([, workflow, status, events, waiting]: readonly string[]): string {
  return `${workflow}, ${status}, events: ${events}${waiting === '' ? '' : `, waits for ${waiting}`}`;
}

function noteLines(note: string, { chalk, columns }: View): readonly string[] {
  return wrap(note, columns - GAP.length).map((line) => GAP + chalk.dim(line));
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
    ...(problem ? [`${problem.code}: ${nearPaths(problem.message).split('\n')[0]!}`] : []),
  ];
}

function paint(cell: string, at: number, status: Execution['status'] | undefined, chalk: ChalkInstance): string {
  if (at !== 2 || status === undefined || status === 'running') return cell;
  return { blocked: chalk.yellow, failed: chalk.red, completed: chalk.green }[status](cell);
}
