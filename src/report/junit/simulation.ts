import type { SimulationResult, SimulationRun } from '../../results/index.js';
import { plainStory } from '../plain-story.js';
import { expectationOf } from '../terminal/expectation.js';
import { adviceOf, stopOf } from '../terminal/unfinished.js';
import { judge } from '../verdict.js';
import { casesOf, type Case } from './cases.js';
import { mutantCases } from './mutant-cases.js';
import { junitDocument, type Kind } from './suites.js';
import { element, textElement } from './xml.js';

export interface JunitOptions {
  /** As `--fail-on`: with `findings` what was not decided is `skipped`, else it is an `error`. */
  readonly failOn?: 'findings' | undefined;
}

/**
 * The result of `simulate` as JUnit XML: a suite for each scenario, a case for each property under each pattern,
 * and for each mutant. It fails where the exit code is 1 and has an error where that is 4. A case without a verdict is never a pass: it is an
 * error where it makes the run inconclusive, and skipped where the run counts anyhow. Times of single cases are not
 * known and left out. Ends with a line break.
 *
 * @example
 * writeFileSync('crashwise.xml', junitReport(result));
 */
export function junitReport(result: SimulationResult, options: JunitOptions = {}): string {
  const scenarios = [...new Set(result.runs.map(({ scenario }) => scenario))];
  const suites = scenarios.map((name) => {
    const runs = result.runs.filter(({ scenario }) => scenario === name);
    const cases = runs.flatMap((run) => casesOf(run).map((one) => ({ run, one, kind: kindOf(run, one, options) })));
    const mutants = runs.flatMap((run) => mutantCases(run, options.failOn));
    const children = cases.map(({ run, one, kind }) => testcase(run, one, kind));
    return {
      name,
      kinds: [...cases, ...mutants].map(({ kind }) => kind),
      children: [...children, ...mutants.map(({ xml }) => xml)],
    };
  });
  return junitDocument({ name: 'crashwise simulate', ms: result.ms, seed: result.seed }, suites);
}

function kindOf(run: SimulationRun, { outcome }: Case, { failOn }: JunitOptions): Kind {
  if (outcome === 'passed') return 'passed';
  if (outcome === 'failed') return 'failure';
  return judge(run) === 'open' && failOn !== 'findings' ? 'error' : 'skipped';
}

function testcase(run: SimulationRun, one: Case, kind: Kind): string {
  const { property, violation } = one;
  return element(
    'testcase',
    { name: property, classname: `${run.scenario}.${run.pattern}`, file: violation?.location?.file },
    body(run, one, kind),
  );
}

function body(run: SimulationRun, { violation }: Case, kind: Kind): string[] {
  if (kind === 'passed') {
    if (violation === undefined) return [];
    return [textElement('system-out', {}, `Broken, as expected: ${violation.sentence}\n${plainStory(violation)}`)];
  }
  if (kind === 'skipped') return [element('skipped', { message: stopOf(run) })];
  if (kind === 'error') {
    return [textElement('error', { message: stopOf(run), type: 'inconclusive' }, `To do: ${adviceOf(run)}`)];
  }
  if (violation === undefined) {
    return [element('failure', { message: `Nothing breaks it. ${expectationOf(run)}`, type: 'verdict' })];
  }
  const { sentence, kind: type } = violation;
  return [textElement('failure', { message: sentence, type }, `${sentence}\n${plainStory(violation)}`)];
}
