import { Chalk } from 'chalk';
import type { SimulationResult } from '../results/index.js';
import type { Output } from './output.js';
import { pagePath } from './page-path.js';
import { STDERR, type ReportTarget } from './parse-reporter.js';
import { readSource } from './read-source.js';
import { repositoryPath } from './repository-path.js';
import { writeWhole } from './write-whole.js';

interface Reported {
  readonly result: SimulationResult;
  readonly exitCode: number;
  readonly failOn: 'findings' | undefined;
  /** Whether the screen is one table instead of what each scenario has to tell. */
  readonly matrix?: boolean | undefined;
}

const FILE_COLUMNS = 80;

/** Writes each report to its place. Throws `file-not-written`; those before it are written then. */
export async function writeReports(
  targets: readonly ReportTarget[],
  reported: Reported,
  output: Output,
): Promise<void> {
  for (const { reporter, file } of targets) {
    const screen =
      file === undefined
        ? { chalk: await output.chalk('stdout'), columns: output.columns }
        : { chalk: new Chalk({ level: 0 }), columns: FILE_COLUMNS };
    const text = await textOf(reporter, reported, screen);
    if (file === undefined) output.data(text);
    else if (file === STDERR) output.talk(text);
    else writeWhole(file, text);
  }
}

// Each loaded when it is asked for.
async function textOf(
  reporter: ReportTarget['reporter'],
  { result, exitCode, failOn, matrix = false }: Reported,
  screen: { readonly chalk: InstanceType<typeof Chalk>; readonly columns: number },
): Promise<string> {
  switch (reporter) {
    case 'json':
      return `${JSON.stringify(result, null, 2)}\n`;
    case 'junit':
      return (await import('../report/junit/simulation.js')).junitReport(result, { failOn });
    case 'github':
      return (await import('../report/github/simulation.js')).githubReport(result, { inRepository: repositoryPath });
    case 'mermaid':
      return (await import('../report/mermaid/simulation.js')).mermaidReport(result);
    case 'terminal': {
      const render = matrix
        ? (await import('../report/terminal/decision-table.js')).renderDecisionTable
        : (await import('../report/terminal/simulation.js')).renderSimulation;
      return `${render(result, { ...screen, exitCode, readSource, pagePath })}\n`;
    }
  }
}
