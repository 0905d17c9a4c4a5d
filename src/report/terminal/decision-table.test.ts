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
