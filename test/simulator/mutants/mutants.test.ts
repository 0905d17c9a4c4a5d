import { loadScenario, runMutants, type Scenario } from 'crashwise/simulator';
import { describe, expect, test } from 'vitest';
import { OPERATORS } from '../../../src/simulator/mutate/operators.js';
import { bookingByHand, bookingFlow } from './booking.js';
import { checkedImport, nightlyImport } from './nightly-import.js';
import { doubleClick, priceAlert } from './price-alert.js';
import { checkedPublish, sitePublish } from './site-publish.js';

// Goal: each operator dies in two scenarios at least, by a violation that the flow as it is does not have. Method: run
// single operators over the scenarios that come with crashwise, and over small flows that stand on one measure each.

const budget = { maxStates: 100_000, stopped: () => undefined };

async function fate(scenario: Scenario, pattern: string, ...names: readonly string[]) {
  const operators = OPERATORS.filter(({ name }) => names.includes(name));
  expect(operators).toHaveLength(names.length);
  const chosen = scenario.patterns.find(({ name }) => name === pattern)!;
  const { list } = await runMutants(scenario, chosen, { budget, operators });
  return Object.fromEntries(list.map(({ operator, status, property }) => [operator, `${status} ${property ?? ''}`]));
}
const shipped = (name: string): Promise<Scenario> => loadScenario(`scenarios/${name}/scenario.ts`);
const own = (scenario: unknown): Promise<Scenario> => Promise.resolve(scenario as Scenario);

/** What each of them breaks: `operator: property`. */
const KILLED: readonly [string, () => Promise<Scenario>, string, Readonly<Record<string, string>>][] = [
  [
    'signup',
    () => shipped('signup'),
    'durable',
    {
      'key-dropped': 'one-customer',
      'key-random': 'one-customer',
      'key-per-attempt': 'charged-once',
      'key-shared': 'one-customer',
      'window-short': 'one-customer',
      'effect-after-record': 'one-customer',
      'record-dropped': 'signup-ends',
      'unique-ignored': 'one-workspace',
      'start-repeated': 'one-customer',
      'error-swallowed': 'signup-ends',
      'live-clock': 'signup-ends',
      'fence-removed': 'signup-ends',
    },
  ],
  [
    'trial-to-paid',
    () => shipped('trial-to-paid'),
    'durable',
    { 'retry-cap-removed': 'trial-ends', 'compensation-skipped': 'trial-ends' },
  ],
  [
    'report-mail',
    () => shipped('report-mail'),
    'queue',
    {
      'key-dropped': 'mailed-once',
      'key-random': 'mailed-once',
      'key-per-attempt': 'mailed-once',
      'key-shared': 'mailed-once',
      'window-short': 'mailed-once',
      'effect-after-record': 'report-ends',
      'error-swallowed': 'report-ends',
    },
  ],
  [
    'report-mail',
    () => shipped('report-mail'),
    'durable',
    { 'start-repeated': 'mailed-once', 'live-clock': 'report-ends', 'fence-removed': 'report-ends' },
  ],
  [
    'two-step',
    () => shipped('two-step'),
    'status-column',
    {
      'effect-before-record': 'contract-ends',
      'record-dropped': 'contract-ends',
      'unique-ignored': 'stored-once',
    },
  ],
  [
    'price-alert',
    () => own(priceAlert),
    'status-column',
    { 'effect-before-record': 'alerted-once', 'record-dropped': 'alerted-once', 'cas-blind': 'alerted-once' },
  ],
  ['double-click', () => own(doubleClick), 'status-column', { 'cas-blind': 'alerted-once' }],
  [
    'nightly-import',
    () => own(nightlyImport),
    'queue',
    { 'lease-short': 'import-ends', 'heartbeat-dropped': 'import-ends' },
  ],
  [
    'site-publish',
    () => own(sitePublish),
    'queue',
    { 'lease-short': 'last-version-stays', 'heartbeat-dropped': 'last-version-stays' },
  ],
  ['checked-import', () => own(checkedImport), 'queue', { 'receipt-unchecked': 'no-row-twice' }],
  ['checked-publish', () => own(checkedPublish), 'queue', { 'receipt-unchecked': 'last-version-stays' }],
  [
    'booking-flow',
    () => own(bookingFlow),
    'durable',
    {
      'retry-cap-removed': 'nothing-is-left',
      'compensation-skipped': 'nothing-is-left',
      'compensation-reordered': 'nothing-is-left',
    },
  ],
  [
    'booking-by-hand',
    () => own(bookingByHand),
    'durable',
    {
      'retry-cap-removed': 'nothing-is-left',
      'compensation-skipped': 'nothing-is-left',
      'compensation-reordered': 'nothing-is-left',
    },
  ],
];

describe('each mutant breaks what its measure is there for', () => {
  test.each(KILLED)('in %s (%#)', { timeout: 60_000 }, async (_, load, pattern, killed) => {
    const expected = Object.entries(killed).map(([operator, property]) => [operator, `killed ${property}`]);
    expect(await fate(await load(), pattern, ...Object.keys(killed))).toEqual(Object.fromEntries(expected));
  });

  test('in two scenarios each, at least', () => {
    const scenarios = OPERATORS.map(({ name }) => [
      name,
      new Set(KILLED.flatMap(([scenario, , , killed]) => (name in killed ? [scenario] : []))).size,
    ]);
    expect(scenarios.filter(([, count]) => Number(count) < 2)).toEqual([]);
    expect(OPERATORS.length).toBeGreaterThanOrEqual(16);
  });
});
