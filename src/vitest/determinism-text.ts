import { targetLines } from '../report/terminal/determinism.js';
import { divergenceLines } from '../report/terminal/divergence.js';
import type { DeterminismTarget } from '../results/index.js';
import { SCREEN } from './plain-screen.js';

/** What a search came to, as the screen of `crashwise fuzz` tells it: a line for each workflow, then each finding. */
export function searchedText(sentence: string, targets: readonly DeterminismTarget[]): string {
  const findings = targets.flatMap((target) =>
    target.divergences.map((found) => divergenceLines(target, found, SCREEN)),
  );
  const blocks = [targetLines(targets, SCREEN), ...findings].map((lines) => lines.join('\n'));
  return [`${sentence}: ${targets[0]!.file}.`, ...blocks].join('\n\n');
}
