import { readFileSync } from 'node:fs';
import * as fc from 'fast-check';
import { expect, test } from 'vitest';
import { simulationSchema, type SimulationResult, type SimulationRun } from '../../results/index.js';
import { printable } from '../printable.js';
import { read } from './fixtures/read.js';
import { githubReport } from './simulation.js';
import { workflowCommand } from './workflow-command.js';

const signup = readFileSync(new URL('../terminal/fixtures/signup.json', import.meta.url), 'utf8');
function changed(accidental: Partial<SimulationRun>, durable: Partial<SimulationRun> = {}): SimulationResult {
  const { runs, ...rest } = simulationSchema.parse(JSON.parse(signup));
  return { ...rest, runs: [Object.assign(runs[0]!, accidental), Object.assign(runs[1]!, durable)] };
}

const lines = (text: string): string[] => text.split('\n').slice(0, -1);

test('what is as expected is not mentioned', () => {
  expect(githubReport(changed({}))).toBe('');
});

test('an unexpected violation is an error at its line, with sentence, story and command', () => {
  const report = githubReport(changed({ expectedProperties: ['signup-ends'] }), {
    inRepository: (file) => `shop/${file}`,
  });
  const [line, ...more] = lines(report);
  expect(more).toEqual([]);
  expect(line).toMatch(
    /^::error file=shop\/scenarios\/signup\/accidental\.ts,line=28,title=signup \(accidental\)%3A charged-once::The card of signup s1 was charged twice\.%0A/,
  );
  const { message } = read(line!);
  expect(message).toContain('\n13  life 2: charge 49.00, key uuid-2\n');
  expect(message).toMatch(/\nagain: npx crashwise simulate signup --schedule accidental:cards\.charge\.landed$/);
});

test('every violation of a run that should be proved, and a proof that should be a violation, are errors', () => {
  expect(lines(githubReport(changed({ expected: 'proved' }))).map((line) => read(line).name)).toEqual([
    'error',
    'error',
  ]);
  const [line] = lines(githubReport(changed({ verdict: 'proved', violations: [] })));
  expect(read(line!)).toEqual({
    name: 'error',
    properties: { title: 'signup (accidental): proved' },
    message: 'Nothing breaks it. accidental should break charged-once, signup-ends, and nothing else.',
  });
});

test('a run that was not decided is a warning', () => {
  const report = githubReport(changed({}, { verdict: 'inconclusive', stoppedBy: 'time', closed: false }));
  const [line, ...more] = lines(report);
  expect(more).toEqual([]);
  expect(read(line!)).toMatchObject({ name: 'warning', properties: { title: 'signup (durable): inconclusive' } });
  expect(read(line!).message).toContain('The time ran out');
});

test('any text comes back as it was, on one line', () => {
  const anyText = fc.string({ unit: fc.constantFrom('a', ':', ',', '%', '0', 'A', '\n', '\r', '=', '\u001B', ' ') });
  fc.assert(
    fc.property(anyText, anyText, anyText, (file, title, message) => {
      const line = workflowCommand('error', { file, line: 3, title }, message);
      expect(line).not.toMatch(/[\n\r]/);
      expect(read(line)).toEqual({
        name: 'error',
        properties: { file: printable(file), line: '3', title: printable(title) },
        message: printable(message),
      });
    }),
  );
});
