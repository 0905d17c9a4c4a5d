import type { DeterminismResult, DeterminismTarget } from '../../results/determinism.js';
import { divergencePlaces } from '../divergence-places.js';
import { plainDivergence } from '../plain-divergence.js';
import type { GithubOptions } from './simulation.js';
import { workflowCommand } from './workflow-command.js';

/**
 * The result of `fuzz` as workflow commands of GitHub Actions: an error for each finding, at the line that is to blame; a
 * warning for each workflow that is inconclusive, and for what a baseline accepts and is not found any more. What does not
 * count is not mentioned. Every line ends with a line break; without anything to tell there is none.
 *
 * @example
 * process.stderr.write(determinismAnnotations(result));
 */
export function determinismAnnotations(
  { targets, stale = [] }: DeterminismResult,
  { inRepository = (file) => file }: GithubOptions = {},
): string {
  const lines = [
    ...targets.flatMap((target) => commandsOf(target, inRepository)),
    ...stale.map(({ workflow, file, signature }) =>
      workflowCommand(
        'warning',
        { file: inRepository(file), title: `${workflow}: stale in the baseline` },
        `It was not found any more: ${signature}`,
      ),
    ),
  ];
  return lines.map((line) => `${line}\n`).join('');
}

function commandsOf(
  { workflow, file, verdict, reasons, divergences }: DeterminismTarget,
  inRepository: (file: string) => string,
): string[] {
  if (verdict === 'inconclusive') {
    const properties = { file: inRepository(file), title: `${workflow}: inconclusive` };
    return [workflowCommand('warning', properties, `Nothing was found, and it says nothing.\n${reasons.join('\n')}`)];
  }
  return divergences
    .filter(({ standing }) => standing === 'finding')
    .map((found) => {
      const place = divergencePlaces(found)[0] ?? { file, line: undefined };
      const properties = { file: inRepository(place.file), line: place.line, title: `${workflow}: not deterministic` };
      return workflowCommand('error', properties, plainDivergence(found));
    });
}
