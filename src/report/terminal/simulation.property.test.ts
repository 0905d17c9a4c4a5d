import { readFileSync } from 'node:fs';
import { stripVTControlCharacters } from 'node:util';
import { Chalk } from 'chalk';
import * as fc from 'fast-check';
import { expect, test } from 'vitest';
import {
  simulationSchema,
  type MatrixRow,
  type SimulationResult,
  type SimulationRun,
  type SimulationViolation,
  type StoryStep,
} from '../../results/index.js';
import { renderSimulation, type RenderOptions } from './simulation.js';

const signup = readFileSync(new URL('fixtures/signup.json', import.meta.url), 'utf8');
const proved = simulationSchema.parse(JSON.parse(signup)).runs[1]!;

const word = fc.stringMatching(/^[a-z0-9:.#~-]{1,90}$/);
const words = fc.array(word, { minLength: 1, maxLength: 12 }).map((all) => all.join(' '));
const figure = fc.nat(2_000_000);
const mark = fc.constantFrom('once', 'refused', 'twice-allowed', 'twice', 'never-ends', null);
const broken = fc.subarray(['twice', 'invariant', 'other-outcome', 'never-ends'] as const).map((marks) => [...marks]);
const phase = fc.constantFrom('before', 'in-flight', 'landed', 'acknowledged');

const row: fc.Arbitrary<MatrixRow> = fc.record({
  title: words,
  kind: fc.constantFrom('effect', 'record', 'hand-on', 'other'),
  sites: fc.array(word),
  cells: fc.record({ before: mark, 'in-flight': mark, landed: mark, acknowledged: mark }),
  broken: fc.record({ before: broken, 'in-flight': broken, landed: broken, acknowledged: broken }),
  sameCommit: fc.boolean(),
});

const story: fc.Arbitrary<StoryStep[]> = fc
  .array(
    fc.record({
      life: fc.integer({ min: 1, max: 12 }),
      phase,
      kind: fc.constantFrom('step', 'crash', 'rest'),
      text: words,
    }),
    {
      maxLength: 30,
    },
  )
  .map((steps) => steps.map(({ text: told, ...step }, at) => ({ n: at + 1, site: 'a', text: told, ...step })));

const world = fc.dictionary(word, fc.jsonValue());

const violation: fc.Arbitrary<SimulationViolation> = fc
  .record(
    {
      property: word,
      kind: fc.constantFrom('ledger', 'liveness'),
      sentence: words,
      crashes: figure,
      faults: fc.nat(3),
      schedule: word,
      story,
      pointOfNoReturn: fc.integer({ min: 1, max: 30 }),
      location: fc.record({ file: word, line: fc.integer({ min: 1, max: 4 }) }),
      expectedWorld: world,
      actualWorld: world,
      hint: words,
      page: word,
    },
    {
      requiredKeys: [
        'property',
        'kind',
        'sentence',
        'crashes',
        'faults',
        'schedule',
        'story',
        'expectedWorld',
        'actualWorld',
      ],
    },
  )
  .map(withCommand);

function withCommand(found: Omit<SimulationViolation, 'reproduce'>): SimulationViolation {
  const command = `npx crashwise simulate signup --schedule ${found.schedule}`;
  return { ...found, reproduce: { command, test: '' } };
}

/** Runs with any texts and figures, whose verdict fits what stopped them. */
const arbitraryRun: fc.Arbitrary<SimulationRun> = fc
  .record({
    scenario: fc.constantFrom('signup', 'a-scenario-with-a-rather-long-name'),
    title: words,
    pattern: fc.constantFrom('durable', 'queue', 'status-column', 'accidental', 'reconciler'),
    patternTitle: words,
    subject: fc.constantFrom('model', 'code', 'process'),
    expected: fc.constantFrom('proved', 'violated'),
    expectedProperties: fc.array(word, { maxLength: 2 }),
    states: figure,
    stoppedBy: fc.constantFrom(
      'closed',
      'states',
      'time',
      'endless-life',
      'outside-work',
      'unsteady',
      'projection',
      'schedule',
    ),
    frontier: fc.record({ states: figure, depth: figure }),
    twiceAllowed: fc.array(fc.record({ effect: word, title: words, crashes: figure, schedule: word }), {
      maxLength: 2,
    }),
    properties: fc.array(word, { maxLength: 5 }),
    matrix: fc.array(row, { maxLength: 10 }),
    violations: fc.array(violation, { maxLength: 3 }),
  })
  .map(judged);

function judged(run: Pick<SimulationRun, 'violations' | 'stoppedBy'> & Partial<SimulationRun>): SimulationRun {
  const verdict = run.violations.length > 0 ? 'violated' : run.stoppedBy === 'closed' ? 'proved' : 'inconclusive';
  return { ...proved, ...run, closed: run.stoppedBy === 'closed', verdict };
}

const result: fc.Arbitrary<SimulationResult> = fc.record({
  schema: fc.constant('crashwise/simulation@1' as const),
  seed: fc.constant('1'),
  ms: fc.nat(100_000),
  runs: fc.uniqueArray(arbitraryRun, {
    maxLength: 4,
    selector: ({ scenario, pattern }) => `${scenario} ${pattern}`,
  }),
});
const columns = fc.integer({ min: 60, max: 140 });
const options: Omit<RenderOptions, 'columns'> = {
  chalk: new Chalk({ level: 0 }),
  exitCode: 0,
  pagePath: (page) => `node_modules/crashwise/${page}`,
  readSource: () => `  one\n\t${'two '.repeat(40)}\n\nfour`,
};
/** The second word of a line. */
const named = (line: string): string => line.split(/\s+/)[1]!.replace(':', '');

test('no line is wider than the screen, nor than 100 columns', () => {
  fc.assert(
    fc.property(result, columns, (shown, wide) => {
      const lines = renderSimulation(shown, { ...options, columns: wide }).split('\n');
      expect(lines.filter((line) => line.length > Math.min(wide, 100))).toEqual([]);
      expect(lines.filter((line) => line !== line.trimEnd())).toEqual([]);
    }),
  );
});

test('every violation is there, with a command that a shell reads as one', () => {
  fc.assert(
    fc.property(result, columns, (shown, wide) => {
      const text = renderSimulation(shown, { ...options, columns: wide });
      const asShellReads = text.replaceAll('\\\n', '').replaceAll(/ +/g, ' ');
      const unbroken = text.replaceAll(/\s+/g, '');
      for (const { property, reproduce } of shown.runs.flatMap(({ violations }) => violations)) {
        expect(asShellReads).toContain(` again ${reproduce.command}\n`);
        expect(unbroken).toContain(`${property}:`);
      }
    }),
  );
});

test('PROVED is said of proved runs, and of no other', () => {
  fc.assert(
    fc.property(result, columns, (shown, wide) => {
      const lines = renderSimulation(shown, { ...options, columns: wide }).split('\n');
      const proofs = lines.filter((line) => line.startsWith('PROVED'));
      const expected = shown.runs.filter(({ verdict }) => verdict === 'proved');
      expect(proofs.map(named).sort()).toEqual(expected.map(({ pattern }) => pattern).sort());
      for (const { scenario, pattern, verdict } of shown.runs) {
        const alone = shown.runs.filter((run) => run.pattern === pattern && run.scenario !== scenario).length === 0;
        if (verdict !== 'proved' && alone) expect(lines.join('\n')).not.toMatch(new RegExp(`\\b${pattern} +PROVED`));
      }
    }),
  );
});

test('colour changes no character', () => {
  fc.assert(
    fc.property(result, columns, (shown, wide) => {
      const coloured = renderSimulation(shown, { ...options, columns: wide, chalk: new Chalk({ level: 1 }) });
      expect(stripVTControlCharacters(coloured)).toBe(renderSimulation(shown, { ...options, columns: wide }));
    }),
  );
});
