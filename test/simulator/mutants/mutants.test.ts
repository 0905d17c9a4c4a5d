import { loadScenario, runMutants } from 'crashwise/simulator';
import { beforeAll, describe, expect, test } from 'vitest';
import { OPERATORS } from '../../../src/simulator/mutate/operators.js';

// Goal: each operator applies to two of the reference scenarios at least, and is killed there by a violation that the flow
// as it is does not have. Method: of all scenarios and machineries, the smallest that have each measure are run without
// it. `node scripts/mutants.mjs` takes every measure away from every one of them.

const ENGINE = [
  'key-dropped',
  'key-random',
  'key-per-attempt',
  'key-shared',
  'window-short',
  'effect-after-record',
  'record-dropped',
  'start-repeated',
  'error-swallowed',
  'live-clock',
  'fence-removed',
];
const LONG_JOB = ['lease-short', 'heartbeat-dropped', 'receipt-unchecked'];
const COMPENSATION = ['compensation-skipped', 'compensation-reordered'];

/** Which measures are taken away where. What comes of it, the runs say. */
const CASES: readonly (readonly [scenario: string, pattern: string, operators: readonly string[]])[] = [
  ['money-transfer', 'durable', ENGINE],
  ['trial-nudge', 'durable', ENGINE],
  ['signup', 'durable', ['unique-ignored']],
  ['two-step', 'status-column', ['unique-ignored', 'effect-before-record']],
  ['price-alert', 'status-column', ['effect-before-record', 'cas-blind']],
  ['approval', 'durable', ['cas-blind']],
  ['order-compensation', 'durable', COMPENSATION],
  ['booking', 'durable', [...COMPENSATION, 'retry-cap-removed']],
  ['trial-to-paid', 'durable', ['retry-cap-removed']],
  ['nightly-import', 'queue', LONG_JOB],
  ['site-publish', 'queue', LONG_JOB],
];

/** By operator: where it was killed. */
const killedIn = new Map(OPERATORS.map(({ name }) => [name, new Set<string>()]));

async function killed(name: string, pattern: string, names: readonly string[]): Promise<void> {
  const scenario = await loadScenario(`scenarios/${name}/scenario.ts`);
  const operators = OPERATORS.filter((operator) => names.includes(operator.name));
  expect(operators).toHaveLength(names.length);
  const chosen = scenario.patterns.find((one) => one.name === pattern)!;
  const budget = { maxStates: 100_000, stopped: () => undefined };
  const { list } = await runMutants(scenario, chosen, { budget, operators });
  for (const { operator, status } of list) if (status === 'killed') killedIn.get(operator)!.add(name);
}

describe('of the reference scenarios', () => {
  beforeAll(async () => {
    for (const one of CASES) await killed(...one);
  }, 300_000);

  test.each(OPERATORS.map(({ name }) => name))('two at least kill %s', (operator) => {
    expect([...killedIn.get(operator)!].length, [...killedIn.get(operator)!].join(', ')).toBeGreaterThanOrEqual(2);
  });

  test('there are at least 16 measures', () => {
    expect(OPERATORS.length).toBeGreaterThanOrEqual(16);
  });
});
