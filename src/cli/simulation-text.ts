import type { SimulationResult } from '../results/index.js';
import { pagePath } from './page-path.js';
import { readSource } from './read-source.js';
import { repositoryPath } from './repository-path.js';
import type { ReportPlace } from './write-reports.js';

interface Reported {
  readonly result: SimulationResult;
  readonly exitCode: number;
  readonly failOn: 'findings' | undefined;
  /** Whether the screen is one table instead of what each scenario has to tell. */
  readonly matrix?: boolean | undefined;
}

/** A report of a simulation. Each is loaded when it is asked for. */
export async function simulationText(
  reporter: 'terminal' | 'json' | 'junit' | 'github' | 'mermaid',
  { result, exitCode, failOn, matrix = false }: Reported,
  place: ReportPlace,
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
      return `${render(result, { ...place, exitCode, readSource, pagePath })}\n`;
    }
  }
}
