import type { Mark, SimulationRun } from '../../results/index.js';
import type { AlignedRow } from './aligned-rows.js';
import type { Paint, Screen } from './screen.js';
import { flow } from './wrap.js';

/** Each is one column wide and means the same without colour. */
export const SIGNS: Readonly<Record<Mark, string>> = {
  once: '·',
  refused: '=',
  'twice-allowed': '~',
  twice: '2',
  'never-ends': '!',
};

export function paintOf(mark: Mark, { chalk }: Screen): Paint {
  const paints = { once: chalk.dim, refused: chalk.green, 'twice-allowed': chalk.yellow };
  return mark === 'twice' || mark === 'never-ends' ? chalk.red.bold : paints[mark];
}

/** The marks that occur, in words. */
export function legendLines(rows: readonly AlignedRow[], runs: readonly SimulationRun[], screen: Screen): string[] {
  const occurring = new Set(rows.flatMap((line) => line.rows.flatMap((row) => (row ? Object.values(row.cells) : []))));
  const effects = [...new Set(runs.flatMap(({ twiceAllowed }) => twiceAllowed.map(({ title }) => title)))];
  const words: Readonly<Record<Mark, string>> = {
    once: 'once',
    refused: 'sent again, refused by its key',
    'twice-allowed': ['twice, which you allow', ...(effects.length > 0 ? [`(${effects.join(', ')})`] : [])].join(' '),
    twice: 'done twice',
    'never-ends': 'never ends',
  };
  const marks = (Object.keys(SIGNS) as Mark[]).filter((mark) => occurring.has(mark));
  const items = marks.map((mark) => `${SIGNS[mark]} ${words[mark]}`);
  return marks.length === 0 ? [] : flow([...items, '(worst of all ways on from that point)'], screen.width);
}
