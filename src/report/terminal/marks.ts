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
  invariant: 'x',
  'other-outcome': '≠',
  'never-ends': '!',
};

export const WORDS: Readonly<Record<Mark, string>> = {
  once: 'once',
  refused: 'sent again, refused by its key',
  'twice-allowed': 'twice, which you allow',
  twice: 'done twice',
  invariant: 'breaks an invariant',
  'other-outcome': 'ends as no run without a crash does',
  'never-ends': 'never ends',
};

export function paintOf(mark: Mark, { chalk }: Screen): Paint {
  const paints: Partial<Record<Mark, Paint>> = {
    once: chalk.dim,
    refused: chalk.green,
    'twice-allowed': chalk.yellow,
  };
  return paints[mark] ?? chalk.red.bold;
}

/** The marks that occur, in words. */
export function legendLines(rows: readonly AlignedRow[], runs: readonly SimulationRun[], screen: Screen): string[] {
  const shown = rows.flatMap((line) => line.rows.flatMap((row) => row ?? []));
  const broken = shown.flatMap((row) => Object.values(row.broken));
  const occurring = new Set([...shown.flatMap((row) => Object.values(row.cells)), ...broken.flat()]);
  const names = runs.flatMap(({ violations }) => violations.filter(({ kind }) => kind === 'invariant'));
  const invariants = [...new Set(names.map(({ property }) => property))];
  const effects = [...new Set(runs.flatMap(({ twiceAllowed }) => twiceAllowed.map(({ title }) => title)))];
  const words: Readonly<Record<Mark, string>> = {
    ...WORDS,
    ...(effects.length > 0 ? { 'twice-allowed': `${WORDS['twice-allowed']} (${effects.join(', ')})` } : {}),
    ...(invariants.length > 0 ? { invariant: `breaks ${invariants.join(', ')}` } : {}),
  };
  const marks = (Object.keys(SIGNS) as Mark[]).filter((mark) => occurring.has(mark));
  const items = marks.map((mark) => `${SIGNS[mark]} ${words[mark]}`);
  const ways = broken.some((some) => some.length > 1)
    ? '(all that breaks on some way on from that point, else the worst)'
    : '(worst of all ways on from that point)';
  return marks.length === 0 ? [] : flow([...items, ways], screen.width);
}
