import { readFileSync } from 'node:fs';
import { Chalk } from 'chalk';
import { expect, test } from 'vitest';
import { simulationSchema, type SimulationResult, type SimulationRun } from '../../results/index.js';
import { renderDecisionTable } from './decision-table.js';

const file = new URL('fixtures/signup.json', import.meta.url);
const signup = simulationSchema.parse(JSON.parse(readFileSync(file, 'utf8')));
const [violated, proved] = signup.runs as [SimulationRun, SimulationRun];

const row = (scenario: string, fits: SimulationRun['row'], runs: readonly SimulationRun[]): SimulationRun[] =>
  runs.map((run) => ({ ...run, scenario, title: `what ${scenario} does`, row: fits }));

const holds = (pattern: SimulationRun['pattern']): SimulationRun => ({ ...proved, pattern, needs: [], causes: [] });
const breaks = (pattern: SimulationRun['pattern'], more: Partial<SimulationRun>): SimulationRun => ({
  ...violated,
  pattern,
  ...more,
});

const result: SimulationResult = {
  ...signup,
  runs: [
    ...row('mail', 'queue', [holds('queue'), holds('reconciler'), holds('durable')]),
    ...row('trial', 'durable', [
      breaks('queue', { needs: ['kept-key', 'kept-quote'], causes: ['the key is forgotten', 'the quote is lost'] }),
      breaks('status-column', {}),
      breaks('reconciler', { verdict: 'inconclusive', violations: [], stoppedBy: 'time', closed: false }),
      breaks('durable', { expected: 'proved', expectedProperties: [], needs: ['luck'], causes: ['no luck'] }),
    ]),
  ],
};
const render = (columns: number): string =>
  renderDecisionTable(result, {
    chalk: new Chalk({ level: 0 }),
    columns,
    exitCode: 1,
    readSource: () => undefined,
    pagePath: () => undefined,
  });

test('on 80 columns: rows and machineries, and below them what each lacks', async () => {
  await expect(render(80)).toMatchFileSnapshot('fixtures/decision-table-80.txt');
});

test('on 60 columns there is no room for a table: a list says the same', async () => {
  const text = render(60);
  expect(Math.max(...text.split('\n').map((line) => line.length))).toBeLessThanOrEqual(60);
  await expect(text).toMatchFileSnapshot('fixtures/decision-table-60.txt');
});

test('each verdict says what kind of thing was broken, as many as there is room for', () => {
  const [ledger] = violated.violations;
  const some = { invariant: 'x', refinement: '≠', liveness: '!' } as const;
  const all = Object.keys(some).map((kind) => ({ ...ledger!, kind: kind as keyof typeof some }));
  const textOf = (violations: SimulationRun['violations']): string =>
    renderDecisionTable(
      { ...result, runs: row('trial', 'queue', [breaks('queue', { violations })]) },
      {
        chalk: new Chalk({ level: 0 }),
        columns: 80,
        exitCode: 1,
        readSource: () => undefined,
        pagePath: () => undefined,
      },
    );
  expect(textOf([ledger!])).toMatch(/^trial +VIOLATED 2 \*$/m);
  for (const violation of all) expect(textOf([violation])).toContain(`VIOLATED ${some[violation.kind]} *`);
  expect(textOf(all)).toContain('VIOLATED x≠! *');
  expect(textOf([ledger!, ...all])).toContain('VIOLATED x≠! *');
  // An effect that is missing when all is over was not done twice.
  const rest = { ...ledger!.story.at(-1)!, kind: 'rest' } as const;
  expect(textOf([{ ...ledger!, story: [rest] }])).toContain('VIOLATED ! *');
});

test('without rows of the decision table, nothing is said of it', () => {
  const runs = result.runs.map((run) => ({ ...run, row: undefined }));
  const text = renderDecisionTable(
    { ...result, runs },
    {
      chalk: new Chalk({ level: 0 }),
      columns: 80,
      exitCode: 0,
      readSource: () => undefined,
      pagePath: () => undefined,
    },
  );
  expect(text).not.toContain('decision table');
});
