import type { ChalkInstance } from 'chalk';
import type { SimulationResult, SimulationRun } from '../../results/index.js';
import { headerLines } from './header.js';
import { matrixLines } from './matrix.js';
import { mutantLines } from './mutants.js';
import { proofLines } from './proof.js';
import { widthFor, type Screen } from './screen.js';
import { summaryLines } from './summary.js';
import { incompleteLines, inconclusiveLines, isIncomplete } from './unfinished.js';
import { violationLines } from './violation.js';

export interface RenderOptions {
  readonly chalk: ChalkInstance;
  readonly columns: number;
  readonly exitCode: number;
  /** The text of a source file, for the code frames; undefined where there is none. */
  readonly readSource: (file: string) => string | undefined;
  /** Where a page such as `docs/errors/never-ends.md` lies; undefined where that is not known. */
  readonly pagePath: (page: string) => string | undefined;
}

/**
 * The result of `simulate` as a screen: what ran, the matrices, each violation with its story, each proof, and one last
 * line. Says the same with and without colour. Ends without a line break.
 *
 * @example
 * console.log(renderSimulation(result, { chalk, columns: 80, exitCode: 0, readSource, pagePath }));
 */
export function renderSimulation(result: SimulationResult, options: RenderOptions): string {
  const { chalk, columns, exitCode, readSource, pagePath } = options;
  const screen: Screen = { chalk, width: widthFor(columns), readSource, pagePath };
  const scenarios = [...new Set(result.runs.map(({ scenario }) => scenario))];
  const blocks = scenarios.flatMap((name) => {
    const runs = result.runs.filter(({ scenario }) => scenario === name);
    return scenarioBlocks(runs, screen);
  });
  return [...blocks, summaryLines(result, exitCode, screen)].map((lines) => lines.join('\n')).join('\n\n');
}

function scenarioBlocks(runs: readonly SimulationRun[], screen: Screen): string[][] {
  const shared = runs.filter((run) => run.violations.length > 0).length > 1;
  const violations = runs
    .flatMap((run) => run.violations.map((violation) => ({ run, violation, shared })))
    .toSorted((one, two) => one.violation.crashes - two.violation.crashes);
  return [
    headerLines(runs, screen),
    matrixLines(runs, screen),
    ...violations.map((told, index) => violationLines(told, violations.slice(0, index), screen)),
    ...runs.filter(isIncomplete).map((run) => incompleteLines(run, screen)),
    ...runs.filter(({ verdict }) => verdict === 'proved').map((run) => proofLines(run, screen)),
    ...runs.map((run) => mutantLines(run, screen)),
    ...runs.filter(({ verdict }) => verdict === 'inconclusive').map((run) => inconclusiveLines(run, screen)),
  ].filter((lines) => lines.length > 0);
}
