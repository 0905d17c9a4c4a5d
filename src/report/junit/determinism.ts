import type { DeterminismResult, DeterminismTarget } from '../../results/determinism.js';
import { differenceSentence } from '../divergence-words.js';
import { divergencePlaces } from '../divergence-places.js';
import { divergenceLines } from '../terminal/divergence.js';
import type { Screen } from '../terminal/screen.js';
import type { JunitOptions } from './simulation.js';
import { junitDocument, type Kind } from './suites.js';
import { element, textElement } from './xml.js';

/**
 * The result of `fuzz` as JUnit XML: a suite for each module, a case for each workflow. One that is divergent is a failure
 * with the text of the screen; one that is inconclusive is an error, or skipped where only findings count, and never a
 * pass. What was found and does not count is output of its case.
 *
 * @example
 * writeFileSync('fuzz.xml', determinismJunit(result, { screen }));
 */
export function determinismJunit(
  { targets, ms, seed }: DeterminismResult,
  { failOn, screen }: JunitOptions & { readonly screen: Screen },
): string {
  const files = [...new Set(targets.map(({ file }) => file))];
  const suites = files.map((name) => {
    const cases = targets.filter(({ file }) => file === name);
    return {
      name,
      kinds: cases.map((target) => kindOf(target, failOn)),
      children: cases.map((target) => testcase(target, kindOf(target, failOn), screen)),
    };
  });
  return junitDocument({ name: 'crashwise fuzz', ms, seed }, suites);
}

function kindOf({ verdict }: DeterminismTarget, failOn: JunitOptions['failOn']): Kind {
  if (verdict === 'divergent') return 'failure';
  if (verdict === 'no-divergence') return 'passed';
  return failOn === 'findings' ? 'skipped' : 'error';
}

function testcase(target: DeterminismTarget, kind: Kind, screen: Screen): string {
  const { workflow, file, divergences, reasons } = target;
  const told = (counts: boolean): string =>
    divergences
      .filter(({ standing }) => (standing === 'finding') === counts)
      .map((found) => divergenceLines(target, found, screen).join('\n'))
      .join('\n\n');
  const first = divergences.find(({ standing }) => standing === 'finding');
  const body: Readonly<Record<Kind, () => string[]>> = {
    passed: () => [],
    failure: () => {
      const message = `${workflow}: ${first === undefined ? 'divergent' : differenceSentence(first)}`;
      return [textElement('failure', { message, type: 'divergence' }, told(true))];
    },
    error: () => [textElement('error', { message: reasons[0], type: 'inconclusive' }, reasons.join('\n'))],
    skipped: () => [element('skipped', { message: reasons.join('; ') })],
  };
  const aside = told(false);
  return element(
    'testcase',
    { name: workflow, classname: file, file: first ? (divergencePlaces(first)[0]?.file ?? file) : file },
    [...body[kind](), ...(aside === '' ? [] : [textElement('system-out', {}, aside)])],
  );
}
