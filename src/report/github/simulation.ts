import type { SimulationResult, SimulationRun } from '../../results/index.js';
import { plainStory } from '../plain-story.js';
import { expectationOf } from '../terminal/expectation.js';
import { adviceOf, stopOf } from '../terminal/unfinished.js';
import { judge } from '../verdict.js';
import { workflowCommand } from './workflow-command.js';

export interface GithubOptions {
  /** A file of the result as the repository has it; GitHub looks no further. Default: as it stands in the result. */
  readonly inRepository?: (file: string) => string;
}

/**
 * The result of `simulate` as workflow commands of GitHub Actions: an error for each unexpected violation, at the line
 * where it bites, for each other verdict than expected, and for each mutant that survives; a warning for each run or
 * mutant that was not decided. What is as
 * expected is not mentioned. Every line ends with a line break; without anything to tell there is none.
 *
 * @example
 * process.stderr.write(githubReport(result));
 */
export function githubReport(result: SimulationResult, { inRepository = (file) => file }: GithubOptions = {}): string {
  const lines = result.runs.flatMap((run) => [...commandsOf(run, inRepository), ...ofMutants(run)]);
  return lines.map((line) => `${line}\n`).join('');
}

function commandsOf(run: SimulationRun, inRepository: (file: string) => string): string[] {
  const { scenario, pattern, violations, verdict, expected, expectedProperties } = run;
  const name = `${scenario} (${pattern})`;
  if (judge(run) === 'open') {
    const message = `Neither proved nor violated. ${stopOf(run)}\nTo do: ${adviceOf(run)}`;
    return [workflowCommand('warning', { title: `${name}: inconclusive` }, message)];
  }
  if (judge(run) === 'clean') return [];
  const unexpected = violations.filter(
    ({ property }) => verdict !== expected || !expectedProperties.includes(property),
  );
  if (unexpected.length === 0) {
    return [workflowCommand('error', { title: `${name}: ${verdict}` }, `Nothing breaks it. ${expectationOf(run)}`)];
  }
  return unexpected.map((violation) => {
    const { property, sentence, location } = violation;
    const place = { file: location && inRepository(location.file), line: location?.line };
    return workflowCommand(
      'error',
      { ...place, title: `${name}: ${property}` },
      `${sentence}\n${plainStory(violation)}`,
    );
  });
}

function ofMutants({ scenario, pattern, mutants }: SimulationRun): string[] {
  return (mutants?.list ?? []).flatMap(({ operator, status, text, reason = '', redundant }) => {
    const title = `${scenario} (${pattern}) without: ${operator}`;
    if (redundant !== undefined) return [];
    if (status === 'survived') return [workflowCommand('error', { title }, `Nothing breaks: ${text}.`)];
    return status === 'inconclusive' ? [workflowCommand('warning', { title }, reason)] : [];
  });
}
