import { proofLines } from '../report/terminal/proof.js';
import { inconclusiveLines } from '../report/terminal/unfinished.js';
import { violationLines, type Told } from '../report/terminal/violation.js';
import type { SimulationRun } from '../results/index.js';
import { SCREEN } from './plain-screen.js';

/** What is broken: a sentence, then the story of each violation and how to see it again. */
export function brokenText(runs: readonly SimulationRun[]): string {
  const told: readonly Told[] = runs.flatMap((run) =>
    run.violations.map((violation) => ({ run, violation, shared: runs.length > 1 })),
  );
  const blocks = told.map((one, index) => [
    ...violationLines(one, told.slice(0, index), SCREEN),
    // Never broken, so that it can be copied.
    `  in a test await expect(scenario).toSurvive('${one.violation.schedule}');`,
  ]);
  const what = runs.map(({ pattern, violations }) => {
    const properties = violations.map(({ property }) => property);
    return `${properties.join(', ')} under ${pattern}`;
  });
  return text(`${runs[0]!.scenario} breaks ${what.join('; ')}.`, blocks);
}

/** What was not decided, and what stopped the search. */
export function openText(runs: readonly SimulationRun[]): string {
  const blocks = runs.map((run) => [
    ...inconclusiveLines(run, SCREEN),
    '  in a test maxStates and budgetMs are the limits',
  ]);
  return text(
    `Whether ${runs[0]!.scenario} survives under ${patternsOf(runs)} was not decided: that is no pass.`,
    blocks,
  );
}

/** What crashes break, or leave undecided, instead of `property`. */
export function otherText(runs: readonly SimulationRun[], property: string): string {
  const broken = runs.filter(({ verdict }) => verdict === 'violated');
  const sentence = `No crash was found that breaks ${property}, and not all were looked at.`;
  return `${sentence} ${broken.length > 0 ? brokenText(broken) : openText(runs)}`;
}

/** What was proved, for a test that takes it for broken. */
export function provedText(runs: readonly SimulationRun[], property?: string): string {
  const what = property === undefined ? 'breaks nothing' : `does not break ${property}`;
  return text(
    `${runs[0]!.scenario} ${what} under ${patternsOf(runs)}.`,
    runs.map((run) => proofLines(run, SCREEN)),
  );
}

/** One schedule that breaks nothing, for a test that says it does. */
export function harmlessText(runs: readonly SimulationRun[]): string {
  return text(
    `${runs[0]!.scenario} breaks nothing under this schedule of ${patternsOf(runs)}.`,
    runs.map((run) => inconclusiveLines(run, SCREEN)),
  );
}

function patternsOf(runs: readonly SimulationRun[]): string {
  return runs.map(({ pattern }) => pattern).join(', ');
}

function text(sentence: string, blocks: readonly (readonly string[])[]): string {
  return [sentence, ...blocks.map((lines) => lines.join('\n'))].join('\n\n');
}
