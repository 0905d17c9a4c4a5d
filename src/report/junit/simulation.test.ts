import { readFileSync } from 'node:fs';
import * as fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { simulationSchema, type SimulationResult, type SimulationRun } from '../../results/index.js';
import { printable } from '../printable.js';
import { exitCodeOf } from '../verdict.js';
import { parse, type Found } from './fixtures/parse.js';
import { junitReport, type JunitOptions } from './simulation.js';

const signup = readFileSync(new URL('../terminal/fixtures/signup.json', import.meta.url), 'utf8');
const result = (): SimulationResult => simulationSchema.parse(JSON.parse(signup));
const changed = (accidental: Partial<SimulationRun>, durable: Partial<SimulationRun> = {}): SimulationResult => {
  const { runs, ...rest } = result();
  return { ...rest, runs: [Object.assign(runs[0]!, accidental), Object.assign(runs[1]!, durable)] };
};
const open: Partial<SimulationRun> = { verdict: 'inconclusive', stoppedBy: 'states', closed: false };

/** `name: outcome` of each case, in their order. */
function outcomes(of: SimulationResult, options?: JunitOptions): string[] {
  const elements = parse(junitReport(of, options));
  return elements.flatMap(({ name, attributes: { classname, name: property } }, at) => {
    if (name !== 'testcase') return [];
    const next = elements[at + 1]?.name ?? 'testcase';
    return [`${classname} ${property}: ${['failure', 'error', 'skipped'].includes(next) ? next : 'passed'}`];
  });
}

const counted = (all: readonly string[], outcome: string): number =>
  all.filter((one) => one.endsWith(`: ${outcome}`)).length;

test('the parser of these tests is strict', () => {
  for (const bad of ['<a b="<"/>', '<a>&</a>', '<a>\u0007</a>', '<a></b>', '<a>]]></a>']) {
    expect(() => parse(bad), bad).toThrow();
  }
});

test('the signup, as it was simulated: what should break and does has passed, and tells its story', async () => {
  const xml = junitReport(result());
  await expect(xml).toMatchFileSnapshot('fixtures/signup.xml');
  expect(counted(outcomes(result()), 'passed')).toBe(10);
});

test('an unexpected violation is a failure with sentence, story, command and file', () => {
  const found = changed({ expectedProperties: ['signup-ends'] });
  expect(outcomes(found)).toContain('signup.accidental charged-once: failure');
  const elements = parse(junitReport(found));
  const failure = elements.find(({ name }) => name === 'failure')!;
  expect(failure.attributes).toEqual({ message: 'The card of signup s1 was charged twice.', type: 'ledger' });
  expect(failure.text).toContain('13  life 2: charge 49.00, key uuid-2\n');
  expect(failure.text).toContain('life 1 dies before it hears that this is done   <- no way back from here\n');
  expect(failure.text).toContain('npx crashwise simulate signup --schedule accidental:cards.charge.landed');
  expect(elements.find(({ attributes }) => attributes['name'] === 'charged-once')!.attributes['file']).toBe(
    'scenarios/signup/accidental.ts',
  );
});

describe('what was not decided is never a pass', () => {
  test('an inconclusive run: errors, or skipped where only findings count', () => {
    const durable = (options?: JunitOptions): string[] =>
      outcomes(changed({}, open), options).filter((one) => one.startsWith('signup.durable'));
    expect(counted(durable(), 'error')).toBe(5);
    expect(counted(durable({ failOn: 'findings' }), 'skipped')).toBe(5);
    expect(junitReport(changed({}, open))).toContain('The search reached its limit of states');
  });

  test('the rest of a run that was cut short, or of one schedule, beside a violation: skipped', () => {
    const cut = outcomes(changed({ stoppedBy: 'time', closed: false }));
    expect(cut.slice(0, 2)).toEqual([
      'signup.accidental one-customer: skipped',
      'signup.accidental charged-once: passed',
    ]);
    expect(counted(cut, 'skipped')).toBe(3);
  });
});

test('a proof where a violation is expected is a failure', () => {
  const proved = outcomes(changed({ verdict: 'proved', violations: [] }));
  expect(proved.filter((one) => one.endsWith('failure'))).toEqual([
    'signup.accidental charged-once: failure',
    'signup.accidental signup-ends: failure',
  ]);
  const unnamed = outcomes(changed({ verdict: 'proved', violations: [], expectedProperties: [] }));
  expect(unnamed.filter((one) => one.endsWith('failure'))).toEqual(['signup.accidental verdict: failure']);
});

const anyText = fc.string({ unit: 'binary', maxLength: 40 });
const anyRun = fc
  .record({
    verdict: fc.constantFrom('proved', 'violated', 'inconclusive'),
    expected: fc.constantFrom('proved', 'violated'),
    expectedProperties: fc.subarray(['charged-once', 'signup-ends', 'other']),
    stoppedBy: fc.constantFrom('closed', 'states', 'schedule'),
    properties: fc.subarray(['charged-once', 'signup-ends', 'welcomed']),
    broken: fc.subarray([0, 1]),
    sentence: anyText,
    scenario: anyText,
  })
  .map(({ broken, sentence, ...run }): SimulationRun => {
    const [accidental] = result().runs;
    const violations = broken.map((at) => ({ ...accidental!.violations[at]!, sentence }));
    return { ...accidental!, ...run, violations };
  });

test('any result is well-formed, counts right, and fails as the exit code does', () => {
  fc.assert(
    fc.property(fc.array(anyRun, { maxLength: 3 }), fc.constantFrom(undefined, 'findings' as const), (runs, failOn) => {
      const of = { ...result(), runs };
      const all = outcomes(of, { failOn });
      const [{ attributes: root }] = parse(junitReport(of, { failOn })) as [Found];
      expect(Number(root['tests'])).toBe(all.length);
      expect(Number(root['failures'])).toBe(counted(all, 'failure'));
      expect(Number(root['errors'])).toBe(counted(all, 'error'));
      expect(Number(root['skipped'])).toBe(counted(all, 'skipped'));
      const code = exitCodeOf(of, { failOn });
      expect(counted(all, 'failure') > 0).toBe(code === 1);
      if (code !== 1) expect(counted(all, 'error') > 0).toBe(code === 4);
    }),
  );
});

test('any text comes back as it was, but for what XML cannot hold, which is made visible', () => {
  fc.assert(
    fc.property(anyText, (sentence) => {
      const { runs, ...rest } = changed({ expectedProperties: [] });
      const [violation] = runs[0]!.violations;
      const of = { ...rest, runs: [{ ...runs[0]!, violations: [{ ...violation!, sentence }] }] };
      const failure = parse(junitReport(of)).find(({ name }) => name === 'failure')!;
      expect(failure.attributes['message']).toBe(printable(sentence));
      expect(failure.text.startsWith(`${printable(sentence)}\n`)).toBe(true);
    }),
  );
  expect(printable('a\u0000\u001B[2J\r\uD800\u2028\uFFFF\t\n')).toBe(
    String.raw`a\u0000\u001b[2J\u000d\ud800\u2028\uffff` + '\t\n',
  );
});
