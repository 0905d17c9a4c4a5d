import { readFileSync } from 'node:fs';
import { stripVTControlCharacters } from 'node:util';
import { Chalk } from 'chalk';
import { expect, test } from 'vitest';
import { simulationSchema, type SimulationResult, type SimulationRun } from '../../results/index.js';
import { renderSimulation, type RenderOptions } from './simulation.js';

const read = (name: string): string => readFileSync(new URL(`fixtures/${name}`, import.meta.url), 'utf8');

/** What `simulate signup` really gave, with these changes to its runs. */
function signupResult(changes: Partial<Record<string, Partial<SimulationRun>>> = {}): SimulationResult {
  const result = simulationSchema.parse(JSON.parse(read('signup.json')));
  return { ...result, runs: result.runs.map((run) => Object.assign(run, changes[run.pattern])) };
}

/** Without colour, on 80 columns, with the source that the result was made from. */
const plainOptions: RenderOptions = {
  chalk: new Chalk({ level: 0 }),
  columns: 80,
  exitCode: 0,
  pagePath: () => undefined,
  readSource: (file) => (file === 'scenarios/signup/accidental.ts' ? read('accidental.ts.txt') : undefined),
};

const screen = (name: string): string => `fixtures/${name}.txt`;
const stopped: Partial<SimulationRun> = { closed: false, stoppedBy: 'states', frontier: { states: 12_345, depth: 7 } };
const rerun: Partial<SimulationRun> = { closed: false, stoppedBy: 'schedule', matrix: [], twiceAllowed: [] };

test('the signup, as it was simulated', async () => {
  await expect(renderSimulation(signupResult(), plainOptions)).toMatchFileSnapshot(screen('signup-80'));
});

test('the same on 60 columns', async () => {
  const text = renderSimulation(signupResult(), { ...plainOptions, columns: 60 });
  await expect(text).toMatchFileSnapshot(screen('signup-60'));
});

test('a search that was stopped is never a pass', async () => {
  const result = signupResult({
    accidental: { ...stopped, stoppedBy: 'time' },
    durable: { ...stopped, verdict: 'inconclusive', states: 1_000_001 },
  });
  const text = renderSimulation(result, { ...plainOptions, exitCode: 4 });
  expect(text).not.toContain('PROVED');
  await expect(text).toMatchFileSnapshot(screen('inconclusive'));
});

test('a life without an end', async () => {
  const result = signupResult({ durable: { ...stopped, verdict: 'inconclusive', stoppedBy: 'endless-life' } });
  const text = renderSimulation({ ...result, runs: result.runs.slice(1) }, { ...plainOptions, exitCode: 4 });
  expect(text).not.toContain('PROVED');
  await expect(text).toMatchFileSnapshot(screen('endless-life'));
});

test('a key that leaves out too much', async () => {
  const { certificate } = signupResult().runs[1]!;
  const projections = [{ name: 'recorded times', checked: '20 of 36' }];
  const result = signupResult({
    durable: { verdict: 'inconclusive', stoppedBy: 'projection', certificate: { ...certificate, projections } },
  });
  const text = renderSimulation({ ...result, runs: result.runs.slice(1) }, { ...plainOptions, exitCode: 4 });
  expect(text).not.toContain('PROVED');
  await expect(text).toMatchFileSnapshot(screen('projection'));
});

test('one schedule that breaks something', async () => {
  const [charged] = signupResult().runs[0]!.violations;
  const result = signupResult({ accidental: { ...rerun, violations: [charged!] } });
  await expect(renderSimulation({ ...result, runs: result.runs.slice(0, 1) }, plainOptions)).toMatchFileSnapshot(
    screen('schedule-violated'),
  );
});

test('one schedule that breaks nothing proves nothing', async () => {
  const { story } = signupResult().runs[0]!.violations[0]!;
  const { twiceAllowed } = signupResult().runs[1]!;
  const result = signupResult({ durable: { ...rerun, verdict: 'inconclusive', story, twiceAllowed } });
  const text = renderSimulation({ ...result, runs: result.runs.slice(1) }, { ...plainOptions, exitCode: 4 });
  expect(text).not.toContain('PROVED');
  await expect(text).toMatchFileSnapshot(screen('schedule-clean'));
});

test('violations and proofs that the scenario does not expect', async () => {
  const { runs } = signupResult();
  const [charged] = runs[0]!.violations;
  const result = signupResult({
    accidental: { expectedProperties: ['signup-ends'] },
    durable: {
      verdict: 'violated',
      violations: [{ ...charged!, crashes: 0, hint: 'make the key from what survives', page: 'docs/errors/x.md' }],
    },
  });
  const proved: SimulationRun = {
    ...runs[1]!,
    pattern: 'queue',
    expected: 'violated',
    expectedProperties: ['welcomed'],
  };
  result.runs.push(proved);
  const text = renderSimulation(result, { ...plainOptions, exitCode: 1 });
  await expect(text).toMatchFileSnapshot(screen('not-expected'));
});

test('a page is named where the reader finds it, and as it is where that is not known', () => {
  const [charged, ends] = signupResult().runs[0]!.violations;
  const violations = [
    { ...charged!, page: 'docs/errors/charged-twice.md' },
    { ...ends!, page: 'docs/mine.md' },
  ];
  const text = renderSimulation(signupResult({ accidental: { violations } }), {
    ...plainOptions,
    pagePath: (page) => (page === 'docs/mine.md' ? undefined : `../crashwise/${page}`),
  });
  expect(text.match(/^ {2}read .*$/gm)).toEqual([
    '  read      ../crashwise/docs/errors/charged-twice.md',
    '  read      docs/mine.md',
  ]);
});

test('a sentence that ends in the sentence of another has one full stop', () => {
  const [charged] = signupResult().runs[0]!.violations;
  const told = (sentence: string): string =>
    renderSimulation(signupResult({ accidental: { violations: [{ ...charged!, sentence }] } }), plainOptions);
  expect(told('It never ends: it is blocked..')).toContain('it is blocked.   1 crash');
  expect(told('It goes on and on...')).toContain('on and on...   1 crash');
});

test('colour adds nothing but colour', () => {
  const result = signupResult({ durable: { ...stopped, verdict: 'inconclusive' } });
  for (const shown of [signupResult(), result]) {
    const coloured = renderSimulation(shown, { ...plainOptions, chalk: new Chalk({ level: 1 }) });
    const colourless = renderSimulation(shown, plainOptions);
    expect(coloured).not.toBe(colourless);
    expect(stripVTControlCharacters(coloured)).toBe(colourless);
  }
});

test('an effect that may happen twice is never said to happen exactly once', () => {
  expect(renderSimulation(signupResult(), plainOptions)).not.toMatch(/exactly.once/i);
});

test('what a scenario writes cannot move the cursor', () => {
  const result = signupResult({ accidental: { title: 'a \u001B[2J\u0007 b', pattern: 'accidental' } });
  expect(renderSimulation(result, plainOptions)).not.toContain('\u001B');
});
