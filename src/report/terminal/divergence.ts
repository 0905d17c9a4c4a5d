import type { DeterminismTarget, FoundDivergence } from '../../results/determinism.js';
import { divergencePlaces } from '../divergence-places.js';
import { causesOf, differenceSentence, GUARD } from '../divergence-words.js';
import { commandLines } from './command.js';
import { placeLines } from './frame.js';
import { commandsLines } from './recorded-and-replayed.js';
import { TEXT_COLUMN, type Screen } from './screen.js';
import { hanging } from './wrap.js';

const MAX_VALUE = 300;

const LABELS = { finding: 'DIVERGENT', harmless: 'ELSEWHERE', accepted: 'ACCEPTED' } as const;

/** What one divergence is, where it comes from, and how to see it again. */
export function divergenceLines({ workflow }: DeterminismTarget, found: FoundDivergence, screen: Screen): string[] {
  const { chalk, width } = screen;
  const counts = found.standing === 'finding';
  const label = LABELS[found.standing];
  const field = (name: string, text: string): string[] =>
    hanging(`  ${name}`, text, TEXT_COLUMN, width, (part) => chalk.dim(part));
  const fixes = new Set(found.blame.flatMap(({ fix }) => fix ?? []));
  const advised = new Set(
    found.blame.flatMap(({ page }) => (page === undefined ? [] : (screen.pagePath(page) ?? page))),
  );
  return [
    ...hanging(
      label,
      `${workflow}: ${differenceSentence(found)}`,
      label.length + 2,
      width,
      counts ? chalk.red.bold : chalk.yellow.bold,
    ),
    '',
    ...divergencePlaces(found).flatMap((place) => [...placeLines(place, false, screen), '']),
    ...commandsLines(found, screen),
    '',
    ...causesOf(found).flatMap(([cause, pinned]) => [
      ...field('cause', cause),
      ...(pinned === undefined ? [] : field('', pinned)),
    ]),
    ...field('input', shortened(found.input)),
    ...field('guard', GUARD[found.guard]),
    ...[...fixes].flatMap((fix) => field('fix', fix)),
    ...commandLines('  again', found.reproduce.command, screen),
    ...(found.saved === undefined ? [] : field('saved', `${found.saved} (runs first, next time)`)),
    ...[...advised].flatMap((page) => field('read', page)),
  ];
}

function shortened(value: unknown): string {
  const text = JSON.stringify(value) ?? 'undefined';
  return text.length > MAX_VALUE ? `${text.slice(0, MAX_VALUE)}…` : text;
}
