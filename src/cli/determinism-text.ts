import { Chalk } from 'chalk';
import { widthFor, type Screen } from '../report/terminal/screen.js';
import type { DeterminismResult } from '../results/index.js';
import { packageVersion } from './package-version.js';
import { pagePath } from './page-path.js';
import { readSource } from './read-source.js';
import { repositoryPath } from './repository-path.js';
import type { ReportPlace } from './write-reports.js';

interface Reported {
  readonly result: DeterminismResult;
  readonly exitCode: number;
  readonly failOn: 'findings' | undefined;
}

/** A report of a search for non-determinism. Each is loaded when it is asked for. */
export async function determinismText(
  reporter: 'terminal' | 'json' | 'junit' | 'github' | 'sarif',
  { result, exitCode, failOn }: Reported,
  { chalk, columns }: ReportPlace,
): Promise<string> {
  const screen: Screen = { chalk, width: widthFor(columns), readSource, pagePath };
  switch (reporter) {
    case 'json':
      return `${JSON.stringify(result, null, 2)}\n`;
    case 'junit': {
      const { determinismJunit } = await import('../report/junit/determinism.js');
      return determinismJunit(result, { failOn, screen: { ...screen, chalk: new Chalk({ level: 0 }) } });
    }
    case 'github': {
      const { determinismAnnotations } = await import('../report/github/determinism.js');
      return determinismAnnotations(result, { inRepository: repositoryPath });
    }
    case 'sarif': {
      const { determinismSarif } = await import('../report/sarif/determinism.js');
      return determinismSarif(result, { version: packageVersion(), inRepository: repositoryPath });
    }
    case 'terminal': {
      const { renderDeterminism } = await import('../report/terminal/determinism.js');
      return `${renderDeterminism(result, { ...screen, exitCode })}\n`;
    }
  }
}
