import type { DeterminismResult, FoundDivergence, KnownDivergence } from '../../results/determinism.js';
import { causesOf } from '../divergence-words.js';
import type { Screen } from './screen.js';
import { hanging } from './wrap.js';

const COLUMN = 10;

/** A line for each finding that a baseline accepts, and for each that it accepts and is not found any more. */
export function baselineLines({ targets, stale = [] }: DeterminismResult, { chalk, width }: Screen): string[] {
  const line = (label: string, text: string): string[] =>
    hanging(label, text, COLUMN, width, (part) => chalk.yellow(part));
  const accepted = targets.flatMap(({ workflow, divergences }) =>
    divergences.filter(({ standing }) => standing === 'accepted').map((found) => `${workflow}: ${sourcesOf(found)}`),
  );
  return [
    ...accepted.flatMap((text) => line('ACCEPTED', text)),
    ...stale.flatMap((one) => line('STALE', staleText(one))),
  ];
}

function sourcesOf(found: FoundDivergence): string {
  return causesOf(found)
    .map(([cause]) => cause)
    .join('; ');
}

function staleText({ workflow, file, signature }: KnownDivergence): string {
  return `${workflow} of ${file}: not found any more, take it out of the baseline: ${signature}`;
}
