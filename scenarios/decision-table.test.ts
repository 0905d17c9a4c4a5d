import { addTo, loadScenario, simulate, type Scenario } from 'crashwise/simulator';
import { expect, test } from 'vitest';

// Goal: the table of `simulate --matrix` is what it claims. Its row on trial-to-paid is tested beside that scenario.

interface Row {
  readonly name: string;
  readonly row: string;
  /** By pattern, in order: what has to be added. */
  readonly needs: Readonly<Record<string, readonly string[]>>;
}

const ROWS: readonly Row[] = [
  { name: 'report-mail', row: 'queue', needs: { queue: [], 'status-column': [], reconciler: [], durable: [] } },
  {
    name: 'dns-records',
    row: 'reconciler',
    needs: { queue: ['fifo'], 'status-column': [], reconciler: [], durable: [] },
  },
  {
    name: 'two-step',
    row: 'status-column',
    needs: { queue: [], 'status-column': [], reconciler: ['lookup-by-id'], durable: [] },
  },
];

const load = (name: string): Promise<Scenario> =>
  loadScenario(new URL(`${name}/scenario.ts`, import.meta.url).pathname);

test.each(ROWS)('$name: on $row it is proved; what the others need is found', async ({ name, row, needs }) => {
  const scenario = await load(name);
  const { runs } = await simulate({ scenarios: [scenario], patterns: Object.keys(needs), matrix: true });
  expect(Object.fromEntries(runs.map((run) => [run.pattern, run.needs]))).toEqual(needs);
  expect(runs.find(({ pattern }) => pattern === row)).toMatchObject({ row, verdict: 'proved', closed: true });
  for (const { verdict, needs: missing } of runs) expect(verdict).toBe(missing!.length > 0 ? 'violated' : 'proved');
});

test.each(ROWS)('$name: with exactly that, it is proved', async ({ name, needs }) => {
  const scenario = await load(name);
  for (const [pattern, names] of Object.entries(needs)) {
    if (names.length === 0) continue;
    const { runs } = await simulate({ scenarios: [addTo(scenario, pattern, names)] });
    expect(runs).toMatchObject([{ pattern, verdict: 'proved' }]);
  }
});
