import type { Mark, MatrixRow, SimulationRun } from '../../results/index.js';
import { alignRows, type AlignedRow } from './aligned-rows.js';
import { legendLines, paintOf, SIGNS } from './marks.js';
import type { Screen } from './screen.js';
import { verdictPaint } from './verdict-paint.js';
import { wrap } from './wrap.js';

const PHASES = ['before', 'in-flight', 'landed', 'acknowledged'] as const;
const HEADING = 'before flight landed acked';
/** Where the mark of each phase stands below the heading. */
const OFFSETS = [3, 10, 17, 23] as const;
/** In the last column there is room for so many. */
const MOST_MARKS = 3;
const GAP = 2;
const LONGEST_TITLE = 24;

/** The matrices of all patterns of a scenario, side by side as far as they fit, and the legend. */
export function matrixLines(all: readonly SimulationRun[], screen: Screen): string[] {
  const runs = all.filter(({ matrix }) => matrix.length > 0);
  if (runs.length === 0) return [];
  const rows = alignRows(runs.map(({ matrix }) => matrix));
  const longest = Math.max('worker dies'.length, ...rows.map((row) => labelOf(row).length));
  const labels = Math.min(longest, LONGEST_TITLE, screen.width - GAP - HEADING.length);
  const fit = Math.max(1, Math.floor((screen.width - labels) / (GAP + HEADING.length)));
  const bands = Array.from({ length: Math.ceil(runs.length / fit) }, (_, band) => band * fit);
  return [
    ...bands.flatMap((from) => bandLines(runs, rows, { from, to: from + fit, labels }, screen).concat('')),
    ...legendLines(rows, runs, screen),
  ];
}

interface Band {
  readonly from: number;
  readonly to: number;
  /** The width of the titles on the left. */
  readonly labels: number;
}

function bandLines(
  runs: readonly SimulationRun[],
  rows: readonly AlignedRow[],
  { from, to, labels }: Band,
  screen: Screen,
): string[] {
  const line = (label: string, blocks: readonly string[]): string =>
    [label.padEnd(labels), ...blocks].join(' '.repeat(GAP)).trimEnd();
  const shown = runs.slice(from, to);
  return [
    line(
      '',
      shown.map((run) => patternHeading(run, screen)),
    ),
    line(
      'worker dies',
      shown.map(() => HEADING),
    ),
    ...rows.flatMap((row) => {
      const indent = row.title === labelOf(row) ? '' : '  ';
      const [first = '', ...more] = wrap(row.title, labels - indent.length).map((text) => indent + text);
      return [
        line(
          first,
          row.rows.slice(from, to).map((cells) => cellsOf(cells, screen)),
        ),
        ...more,
      ];
    }),
  ];
}

function labelOf({ title, kind }: AlignedRow): string {
  return kind === 'record' || kind === 'hand-on' ? `  ${title}` : title;
}

function patternHeading({ pattern, verdict }: SimulationRun, screen: Screen): string {
  const word = verdict.toUpperCase();
  const gap = ' '.repeat(pattern.length + word.length + 2 > HEADING.length ? 1 : 2);
  const rest = ' '.repeat(Math.max(0, HEADING.length - pattern.length - gap.length - word.length));
  return pattern + gap + verdictPaint(verdict, screen)(word) + rest;
}

function cellsOf(row: MatrixRow | undefined, screen: Screen): string {
  if (!row) return ' '.repeat(HEADING.length);
  if (row.sameCommit) return `     ${screen.chalk.dim('- same commit -')}      `;
  let [text, at] = ['', 0];
  for (const [index, phase] of PHASES.entries()) {
    const marks = marksIn(row, phase);
    const signs = marks.map((mark) => paintOf(mark, screen)(SIGNS[mark]));
    text += ' '.repeat(OFFSETS[index]! - at) + signs.join('');
    at = OFFSETS[index]! + marks.length;
  }
  return text + ' '.repeat(HEADING.length - at);
}

/** All that breaks there, the worst of it if there is no room for more; or else the one mark. */
function marksIn({ cells, broken }: MatrixRow, phase: (typeof PHASES)[number]): Mark[] {
  if (broken[phase].length > 0) return broken[phase].slice(-MOST_MARKS);
  return cells[phase] === null ? [] : [cells[phase]];
}
