import { readFileSync } from 'node:fs';
import * as fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { simulationSchema, type SimulationResult, type StoryStep } from '../../results/index.js';
import { label } from './label.js';
import { laneOf } from './lanes.js';
import { sequenceDiagram } from './sequence-diagram.js';
import { mermaidReport } from './simulation.js';

const signup = readFileSync(new URL('../terminal/fixtures/signup.json', import.meta.url), 'utf8');
const result = (): SimulationResult => simulationSchema.parse(JSON.parse(signup));

// Mermaid's own parser comes with 150 MB of others. These are the lines of its grammar that are written here.
const TEXT = String.raw`(?!(?:no)?wrap:)(?:(?!%%)[^#;<>&\n]|#(?:\d+|lt|gt|amp);)+`;
const LINE = new RegExp(
  String.raw`^(?:  participant [LC]\d+ as ${TEXT}|  [LC]\d+--?>>[LC]\d+: ${TEXT}|  Note over [LC]\d+(?:,[LC]\d+)?: ${TEXT})$`,
);

/** Nothing is drawn that was not declared, and every line is one of the grammar. */
function expectDiagram(diagram: string): void {
  const [first, ...lines] = diagram.split('\n');
  expect(first).toBe('sequenceDiagram');
  const declared = new Set<string>();
  for (const line of lines) {
    expect(line).toMatch(LINE);
    const [, participant] = /^ {2}participant (\w+)/.exec(line) ?? [];
    if (participant !== undefined) declared.add(participant);
    else for (const [name] of line.split(': ')[0]!.matchAll(/\b[LC]\d+/g)) expect(declared, line).toContain(name);
  }
}

test('the grammar of this test refuses what Mermaid reads otherwise', () => {
  for (const text of ['a;b', 'a #b', 'a <b>', 'a %%{init: {}}%%', 'wrap: a', '']) {
    expect(`  L1->>C1: ${text}`).not.toMatch(LINE);
  }
});

test('the stories of the signup', async () => {
  const report = mermaidReport(result());
  await expect(report).toMatchFileSnapshot('fixtures/signup.md');
  for (const [, diagram] of report.matchAll(/```mermaid\n([^]*?)\n```/g)) expectDiagram(diagram!);
});

test('a schedule that breaks nothing is drawn; where there is no story, that is said', () => {
  const { runs, ...rest } = result();
  const { story } = runs[0]!.violations[0]!;
  const rerun = { ...runs[1]!, schedule: 'durable:mail.send.landed', story };
  expect(mermaidReport({ ...rest, runs: [rerun] })).toContain('durable:mail.send.landed breaks nothing.');
  expect(mermaidReport({ ...rest, runs: [rerun] })).toContain('```mermaid\nsequenceDiagram\n');
  expect(mermaidReport({ ...rest, runs: [runs[1]!] })).toBe('Nothing was broken: there is no story to draw.\n');
});

test.each([
  ['cards.charge', 'cards'],
  ['record:chargeCard', 'store'],
  ['record:cards.charge', 'store'],
  ['queue.add:order.created', 'queue'],
  ['signups.set:charged', 'signups'],
  ['start', 'store'],
  ['claim', 'store'],
  ['answer', 'client'],
])('%s goes to the lane %s', (site, lane) => {
  expect(laneOf(site)).toBe(lane);
});

describe('a story', () => {
  const step = (n: number, changes: Partial<StoryStep>): StoryStep => ({
    n,
    life: 1,
    site: 'cards.charge',
    phase: 'before',
    kind: 'step',
    text: `text ${n}`,
    ...changes,
  });

  test('calls are arrows, what comes of them, crashes and rest are notes, and systems outside stand last', () => {
    const story = [
      step(1, { site: 'cards.charge' }),
      step(2, { phase: 'landed' }),
      step(3, { site: 'record:charge' }),
      step(4, { site: 'record:charge', kind: 'crash', phase: 'landed' }),
      step(5, { life: 2, phase: 'acknowledged' }),
      step(6, { life: 2, kind: 'rest' }),
    ];
    expect(sequenceDiagram({ story, pointOfNoReturn: 4, expectedWorld: { cards: {} } }).split('\n')).toEqual([
      'sequenceDiagram',
      '  participant L1 as life 1',
      '  participant L2 as life 2',
      '  participant C1 as store',
      '  participant C2 as cards',
      '  L1->>C2: text 1',
      '  Note over C2: text 2',
      '  L1->>C1: text 3',
      '  Note over L1: ✗ text 4',
      '  Note over L1,C2: no way back from here',
      '  C2-->>L2: text 5',
      '  Note over L2: text 6',
    ]);
  });

  test('another fault is a note of its life', () => {
    expect(sequenceDiagram({ story: [step(1, { kind: 'fault' })] })).toContain('  Note over L1: text 1');
  });

  test('what is told before a call is a note of its life', () => {
    expect(sequenceDiagram({ story: [step(1, {}), step(2, {})] })).toContain('Note over L1: text 1\n  L1->>C1: text 2');
  });

  test('any story makes lines of the grammar', () => {
    const unit = fc.oneof(
      fc.constantFrom('#', ';', '%', '<', '>', '&', ':', '\n', 'wrap:', 'end', '`'),
      fc.string({ unit: 'binary', maxLength: 3 }),
    );
    const text = fc.array(unit, { maxLength: 8 }).map((parts) => parts.join(''));
    const steps = fc.array(
      fc.record({
        life: fc.integer({ min: 1, max: 3 }),
        site: fc.oneof(fc.constantFrom('a.b', 'c', 'd.e:f'), text),
        phase: fc.constantFrom('before', 'in-flight', 'landed', 'acknowledged'),
        kind: fc.constantFrom('step', 'crash', 'fault', 'rest'),
        text,
      }),
      { maxLength: 8 },
    );
    fc.assert(
      fc.property(steps, fc.nat(9), (all, pointOfNoReturn) => {
        const story = all.map((one, at): StoryStep => ({ ...one, n: at + 1 }));
        expectDiagram(sequenceDiagram({ story, pointOfNoReturn, expectedWorld: { a: {} } }));
      }),
    );
  });
});

test('a label keeps its text but for white space', () => {
  expect(label('wrap: 1 < 2 & 3;\n#4 %%{x}')).toBe('wrap#58; 1 #lt; 2 #amp; 3#59; #35;4 #37;#37;{x}');
  expect(label('')).toBe('-');
});
