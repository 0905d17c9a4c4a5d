import type { SimulationResult, SimulationRun } from '../../results/index.js';
import { brokenMarks } from './broken-marks.js';
import { againstOf } from './header.js';
import { lackLines } from './lacks.js';
import { SIGNS, WORDS } from './marks.js';
import { widthFor, type Screen } from './screen.js';
import type { RenderOptions } from './simulation.js';
import { summaryLines } from './summary.js';
import { verdictPaint } from './verdict-paint.js';
import { price } from './words.js';
import { flow, hanging, wrap } from './wrap.js';

const PATTERNS = ['queue', 'status-column', 'reconciler', 'durable', 'accidental'] as const;
const CELL = 'status-column'.length + 2;
const LONGEST_NAME = 18;
/** So many fit beside a verdict and a star. */
const MOST_MARKS = 3;

/**
 * The result of `simulate` with `matrix`, as one table: a row for each scenario, a column for each machinery. Below it,
 * for each that is violated, the shortest story in one sentence, its cause, and what has to be added until it is proved.
 * Ends without a line break.
 */
export function renderDecisionTable(result: SimulationResult, options: RenderOptions): string {
  const { chalk, columns, exitCode, readSource, pagePath } = options;
  const screen: Screen = { chalk, width: widthFor(columns), readSource, pagePath };
  const { runs } = result;
  const names = [...new Set(runs.map(({ scenario }) => scenario))];
  const rows = names.map((name) => runs.filter(({ scenario }) => scenario === name));
  const against = [...new Set(runs.map(againstOf))];
  const blocks = [
    against.flatMap((text, at) =>
      hanging(at === 0 ? 'against' : '', text, 'against'.length + 2, screen.width, chalk.bold),
    ),
    tableLines(rows, screen),
    legendLines(runs, screen),
    ...rows.map((row) => lackLines(row, screen)),
    summaryLines(result, exitCode, screen),
  ];
  return blocks
    .filter((lines) => lines.length > 0)
    .map((lines) => lines.join('\n'))
    .join('\n\n');
}

function tableLines(rows: readonly (readonly SimulationRun[])[], screen: Screen): string[] {
  const patterns = PATTERNS.filter((name) => rows.some((runs) => runs.some(({ pattern }) => pattern === name)));
  const names = rows.map(([first]) => first!.scenario);
  const label = Math.min(LONGEST_NAME, Math.max(...names.map((name) => name.length))) + 2;
  if (label + patterns.length * CELL > screen.width + 2) return rows.flatMap((runs) => listLines(runs, screen));
  const heading = ' '.repeat(label) + patterns.map((name) => name.padEnd(CELL)).join('');
  const body = rows.flatMap((runs) => {
    const cells = patterns.map((name) => runs.find(({ pattern }) => pattern === name));
    const [first = '', ...more] = wrap(runs[0]!.scenario, label - 2);
    const verdicts = cells.map((run) => (run ? verdictOf(run, screen) : ' '.repeat(CELL)));
    const prices = cells.map((run) => (run ? priceOf(run) : '').padEnd(CELL));
    const below =
      prices.join('').trim() === '' && more.length === 0 ? [] : [(more[0] ?? '').padEnd(label) + prices.join('')];
    return [first.padEnd(label) + verdicts.join(''), ...below, ...more.slice(1)];
  });
  return [heading, ...body].map((line) => line.trimEnd());
}

/** Where there is no room for columns. */
function listLines(runs: readonly SimulationRun[], screen: Screen): string[] {
  const lines = runs.map((run) => `  ${run.pattern.padEnd(CELL)}${verdictOf(run, screen)}${priceOf(run)}`.trimEnd());
  return [...wrap(runs[0]!.scenario, screen.width), ...lines];
}

function verdictOf(run: SimulationRun, screen: Screen): string {
  const word = run.verdict.toUpperCase();
  const marks = brokenMarks(run.violations).slice(-MOST_MARKS);
  const signs = marks.map((mark) => SIGNS[mark]).join('');
  const star = run.row === run.pattern ? ' *' : '';
  const length = word.length + (signs === '' ? 0 : signs.length + 1) + star.length;
  const paint = verdictPaint(run.verdict, screen);
  return paint(word) + (signs === '' ? '' : ` ${paint(signs)}`) + star + ' '.repeat(Math.max(0, CELL - length));
}

function priceOf({ violations }: SimulationRun): string {
  const [shortest] = violations.toSorted((one, other) => one.faults - other.faults || one.crashes - other.crashes);
  if (!shortest) return '';
  return shortest.crashes + shortest.faults === 0 ? 'no crash' : price(shortest);
}

/** What the marks and the star mean, which machineries hold in a row that names another, and where the proofs are. */
function legendLines(runs: readonly SimulationRun[], { width }: Screen): string[] {
  const marks = brokenMarks(runs.flatMap(({ violations }) => violations)).map(
    (mark) => `${SIGNS[mark]} ${WORDS[mark]}`,
  );
  const signs = flow(marks, width);
  const proofs = wrap('What each proof rests on, and what breaks where: npx crashwise simulate <name>', width);
  if (!runs.some(({ row }) => row)) return [...signs, ...proofs];
  const others = runs.filter(({ row, pattern, verdict }) => row && row !== pattern && verdict === 'proved');
  const named = [...new Set(others.map(({ scenario }) => scenario))].map((name) => {
    const patterns = others.filter(({ scenario }) => scenario === name).map(({ pattern }) => pattern);
    return `${name}: ${patterns.join(', ')}`;
  });
  const holds = 'Proved as well, where the table names another:';
  return [
    ...signs,
    ...wrap('* what the decision table names for this kind of work', width),
    ...(named.length > 0
      ? wrap(`${holds} ${named.join('; ')}. It holds; whether it is in proportion is not judged.`, width)
      : []),
    ...proofs,
  ];
}
