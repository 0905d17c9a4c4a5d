import type { SimulationRun } from '../../results/index.js';
import { allowedLines } from './allowed.js';
import { expectationOf, asExpected } from './expectation.js';
import { TEXT_COLUMN, type Screen } from './screen.js';
import { verdictPaint } from './verdict-paint.js';
import { count, figure } from './words.js';
import { hanging } from './wrap.js';

/** What was proved, how the search was closed, what the proof rests on and what it says nothing about. */
export function proofLines(run: SimulationRun, screen: Screen): string[] {
  const { width, chalk } = screen;
  const { certificate, coverage } = run;
  const field = (label: string, text: string, paint = chalk.dim): string[] =>
    hanging(`  ${label}`, text, TEXT_COLUMN, width, paint);
  const list = (label: string, texts: readonly string[]): string[] =>
    texts.flatMap((text, index) => field(index === 0 ? label : '', text));
  const untaken = coverage.sometimes.filter(({ taken }) => !taken);
  return [
    ...hanging('PROVED', claimOf(run), 'VIOLATED'.length + 2, width, verdictPaint('proved', screen)),
    ...(asExpected(run) ? [] : field('NOT expected', expectationOf(run), chalk.red.bold)),
    // Continues the sentence above: whole states were compared, but for ...
    ...certificate.projections.flatMap(({ name, checked }) => [
      ...field('but for', name),
      ...field('checked', `merged states were run twice to check the key: ${checked === '0 of 0' ? 'none' : checked}`),
    ]),
    ...list(
      'warning',
      untaken.map(({ name }) => `never taken, so never put to the test: ${name}`),
    ),
    ...allowedLines(run, screen),
    ...list('holds if', certificate.assumes),
    ...(certificate.notCovered.length === 0 ? [] : field('says nothing about', notCovered(run))),
  ];
}

function notCovered({ certificate: { notCovered: left, faults } }: SimulationRun): string {
  const onlyCrashes = faults.every((fault) => fault === 'crash');
  return left.join(', ') + (onlyCrashes ? '; for the faults among them, --faults all --zombies' : '');
}

function claimOf({ pattern, properties, states, coverage, certificate }: SimulationRun): string {
  const { crashes, faults, maxOtherFaults, key, omissionProbability } = certificate;
  const others = faults.filter((fault) => fault !== 'crash');
  const whole = key === 'full' && omissionProbability === 0;
  return [
    `${pattern}: ${crashes === 'unbounded' ? 'no number of crashes' : 'no crashes within the bound, and beyond it unknown,'}`,
    ...(others.length === 0 ? [] : [`with at most ${count(maxOtherFaults, 'other fault')} (${others.join(', ')})`]),
    `breaks ${properties.join(', ')}.`,
    `Closed: ${count(states, 'state')}, ${figure(coverage.points.hit)} of ${count(coverage.points.of, 'crash point')} taken.`,
    whole
      ? 'Whole states were compared; nothing was hashed or sampled.'
      : `States were compared by their ${key}: one may be left out with a probability of ${omissionProbability}.`,
  ].join(' ');
}
