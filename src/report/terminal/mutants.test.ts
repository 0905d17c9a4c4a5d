import { readFileSync } from 'node:fs';
import { Chalk } from 'chalk';
import { expect, test } from 'vitest';
import { simulationSchema, type Mutant, type SimulationResult } from '../../results/index.js';
import { githubReport } from '../github/simulation.js';
import { junitReport } from '../junit/simulation.js';
import { exitCodeOf } from '../verdict.js';
import { renderSimulation } from './simulation.js';

// Goal: every report tells of a survivor as of a finding, and the screen puts it first.

const fixture = readFileSync(new URL('fixtures/signup.json', import.meta.url), 'utf8');
const KILLED: Mutant = {
  operator: 'key-per-attempt',
  text: 'the key changes with each attempt',
  status: 'killed',
  needs: ['timeout-after'],
  property: 'charged-once',
  crashes: 0,
  faults: 1,
  schedule: 'durable:!timeout-after=cards.charge',
};
const SURVIVED: Mutant = {
  operator: 'fence-removed',
  text: 'a late write is taken',
  status: 'survived',
  reason: 'why',
};
const SPARE: Mutant = { ...SURVIVED, operator: 'start-repeated', redundant: 'the steps forgive it' };
const OPEN: Mutant = { operator: 'key-random', text: 'the key is random', status: 'inconclusive', reason: 'time' };
const SAME: Mutant = { operator: 'lease-short', text: 'the lease is short', status: 'equivalent' };
const ABSENT: Mutant = { operator: 'cas-blind', text: 'no comparison', status: 'inapplicable' };

function resultWith(...list: readonly Mutant[]): SimulationResult {
  const result = simulationSchema.parse(JSON.parse(fixture));
  const count = (status: Mutant['status']): number =>
    list.filter((one) => one.status === status && !one.redundant).length;
  const counts = {
    killed: count('killed'),
    survived: count('survived'),
    equivalent: count('equivalent'),
    inapplicable: count('inapplicable'),
    inconclusive: count('inconclusive'),
  };
  const [accidental, durable] = result.runs;
  return { ...result, runs: [accidental!, { ...durable!, mutants: { ...counts, list: [...list] } }] };
}

function screenOf(result: SimulationResult): string[] {
  const chalk = new Chalk({ level: 0 });
  const text = renderSimulation(result, {
    chalk,
    columns: 80,
    exitCode: exitCodeOf(result),
    readSource: () => undefined,
    pagePath: () => undefined,
  });
  return text.slice(text.indexOf('MUTANTS')).split('\n');
}

test('survivors come first, with what to do; each of the others takes a line', () => {
  expect(screenOf(resultWith(KILLED, ABSENT, SAME, SURVIVED, OPEN))).toEqual([
    'MUTANTS   durable: 4 safety measures taken away, one at a time: 1 killed, 1',
    '          survived, 1 not decided, 1 the same.',
    '  SURVIVED  fence-removed: a late write is taken. Nothing breaks without it.',
    '            Either nothing needs it, and the scenario may say so (`redundant`),',
    '            or the scenario does not say what it is for: add an invariant, or a',
    '            step of a stricter class, that fails without it.',
    '  open      key-random: not decided, time.',
    '  killed    key-per-attempt: breaks charged-once, timeout-after',
    '  same      lease-short: it comes to the same states.',
    '  not here  cas-blind',
    '',
    '1 proved, 1 violated as expected, 1 mutant survived · 2.4 s · seed 1 · exit 1',
  ]);
});

test('a survivor that the scenario calls redundant is told, and is no finding', () => {
  const result = resultWith(KILLED, SPARE);
  expect(screenOf(result).slice(0, 3)).toEqual([
    'MUTANTS   durable: 2 safety measures taken away, one at a time: 1 killed, 1 to',
    '          spare.',
    '  killed    key-per-attempt: breaks charged-once, timeout-after',
  ]);
  expect(screenOf(result)[3]).toBe('  to spare  start-repeated: nothing breaks without it: the steps forgive it.');
  expect(exitCodeOf(result)).toBe(0);
  expect(githubReport(result)).toBe('');
  expect(junitReport(result)).not.toContain('<failure message="Nothing breaks');
});

test('a flow without any such measure is told so', () => {
  expect(screenOf(resultWith(ABSENT))[0]).toMatch(/^MUTANTS {3}durable: of the safety measures .* it has none\.$/);
});

test('a survivor ends with 1, one that was not decided with 4, all others with 0', () => {
  expect(exitCodeOf(resultWith(KILLED, SAME, ABSENT))).toBe(0);
  expect(exitCodeOf(resultWith(KILLED, OPEN))).toBe(4);
  expect(exitCodeOf(resultWith(KILLED, OPEN), { failOn: 'findings' })).toBe(0);
  expect(exitCodeOf(resultWith(OPEN, SURVIVED))).toBe(1);
});

test('in JUnit a survivor is a failure, one that was not decided an error, and what is not there no case', () => {
  const casesIn = (xml: string): string[] => [...xml.matchAll(/<testcase name="without: ([^"]+)"/g)].map(([, n]) => n!);
  const xml = junitReport(resultWith(KILLED, SAME, SURVIVED, OPEN, ABSENT));
  expect(casesIn(xml)).toEqual(['key-per-attempt', 'lease-short', 'fence-removed', 'key-random']);
  expect(xml).toContain('failures="1" errors="1"');
  expect(xml).toContain('<failure message="Nothing breaks: a late write is taken." type="mutant">');
  const lenient = junitReport(resultWith(OPEN), { failOn: 'findings' });
  expect(lenient).toContain('<skipped message="time"/>');
});

test('in GitHub a survivor is an error, one that was not decided a warning', () => {
  expect(githubReport(resultWith(KILLED, SAME, ABSENT))).toBe('');
  expect(githubReport(resultWith(SURVIVED, OPEN)).split('\n')).toEqual([
    '::error title=signup (durable) without%3A fence-removed::Nothing breaks: a late write is taken.',
    '::warning title=signup (durable) without%3A key-random::time',
    '',
  ]);
});
