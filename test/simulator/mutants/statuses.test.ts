import { activities, activityInfo, workflow } from 'crashwise/engine';
import {
  defineScenario,
  defineService,
  durable,
  loadScenario,
  runMutants,
  simulate,
  type Scenario,
  type ServiceClients,
} from 'crashwise/simulator';
import { expect, test } from 'vitest';
import { keyDropped } from '../../../src/simulator/mutate/keys.js';
import { compensationSkipped } from '../../../src/simulator/mutate/compensations.js';
import { recordDropped, recordNotAwaited } from '../../../src/simulator/mutate/records.js';
import { leaseShort } from '../../../src/simulator/mutate/leases.js';
import { exitCodeOf } from '../../../src/report/verdict.js';

const budget = { maxStates: 1_000, stopped: () => undefined };

/** Points that are credited once for each key; of their count, two stands for more. */
const points = defineService({
  initial: { keys: [] as readonly string[] },
  requests: {
    credit({ keys }, key: string) {
      if (keys.includes(key)) return { state: { keys }, result: null, effect: 'refused', text: 'the key is known' };
      return { state: { keys: [...keys, key].slice(-2) }, result: null, effect: 'done', text: 'a point is credited' };
    },
  },
  view: ({ keys }) => keys.length,
});
const toActivities = ({ points: service }: ServiceClients<{ points: typeof points }>) => ({
  credit: () => service.credit(activityInfo().idempotencyKey),
});
const { credit } = activities<ReturnType<typeof toActivities>>();

const pointsOf = (kind: 'exactly-once' | 'at-least-once'): Scenario =>
  defineScenario({
    name: 'points',
    title: 'credit a point',
    services: { points },
    keys: ['ada'],
    steps: [
      {
        title: 'credit point',
        effect: 'points.credit',
        class: kind,
        property: 'one-point',
        key: () => 'ada',
        text: (key: string) => `credit a point, key ${key}`,
        twice: () => 'Ada got two points.',
        never: () => 'Ada got no point.',
      },
    ],
    goal: { property: 'ends', reached: (world) => world.points.keys.length > 0, missed: () => 'It never ends.' },
    patterns: [
      durable({
        workflow: workflow('points', () => credit()),
        activities: toActivities,
        start: { id: 'ada', input: undefined as never },
      }),
    ],
    assumes: [],
  }) as unknown as Scenario;

const statusOf = async (scenario: Scenario, operator: typeof keyDropped) =>
  (await runMutants(scenario, scenario.patterns[0]!, { budget, operators: [operator] })).list[0]!;

// The canary: if this one lives, the judges have gone blind.
test('signup without its keys is killed', async () => {
  const signup = await loadScenario('scenarios/signup/scenario.ts');
  const pattern = signup.patterns.find(({ name }) => name === 'durable')!;
  const { list } = await runMutants(signup, pattern, { budget, operators: [keyDropped] });
  expect(list).toMatchObject([{ operator: 'key-dropped', status: 'killed', property: 'one-customer', crashes: 1 }]);
});

test('with the judge of counts switched off, the same mutant survives', async () => {
  expect(await statusOf(pointsOf('exactly-once'), keyDropped)).toMatchObject({
    status: 'killed',
    property: 'one-point',
  });
  expect(await statusOf(pointsOf('at-least-once'), keyDropped)).toMatchObject({ status: 'survived' });
});

test('a survivor is a finding, one that was not decided is open, and all others are fine', async () => {
  const scenario = pointsOf('at-least-once');
  const survivors = await runMutants(scenario, scenario.patterns[0]!, { budget, operators: [keyDropped] });
  expect(exitCodeOf({ runs: [{ ...PROVED, mutants: survivors }] })).toBe(1);
  const result = await simulate({ scenarios: [pointsOf('exactly-once')], mutants: true });
  expect(result.runs).toMatchObject([{ verdict: 'proved', mutants: { survived: 0, inconclusive: 0 } }]);
  expect(exitCodeOf(result)).toBe(0);
});

test('a survivor that the scenario calls redundant is no finding; what is no measure cannot be called so', async () => {
  const scenario = { ...pointsOf('at-least-once'), redundant: { durable: { 'key-dropped': 'a point more is fine' } } };
  const spare = await runMutants(scenario, scenario.patterns[0]!, { budget, operators: [keyDropped] });
  expect(spare).toMatchObject({ survived: 0, list: [{ status: 'survived', redundant: 'a point more is fine' }] });
  expect(exitCodeOf({ runs: [{ ...PROVED, mutants: spare }] })).toBe(0);
  const wrong = { ...scenario, redundant: { durable: { keys: 'who needs them' } } };
  await expect(runMutants(wrong, wrong.patterns[0]!, { budget })).rejects.toThrow('calls "keys" redundant');
});

test('a mutant that does not come to rest where the flow as it is does is killed', async () => {
  const scenario = await loadScenario('scenarios/report-mail/scenario.ts');
  const pattern = scenario.patterns.find(({ name }) => name === 'status-column')!;
  const { list } = await runMutants(scenario, pattern, { budget, operators: [recordDropped] });
  const reason = 'its first life comes to no rest';
  expect(list).toMatchObject([{ status: 'killed', property: 'report-ends', crashes: 0, faults: 0, reason }]);
});

test('a write that nobody waits for does not pile up where its status is looked at again and again', async () => {
  const scenario = await loadScenario('scenarios/report-mail/scenario.ts');
  const pattern = scenario.patterns.find(({ name }) => name === 'status-column')!;
  const { list } = await runMutants(scenario, pattern, { budget, operators: [recordNotAwaited] });
  expect(list).toMatchObject([{ status: 'equivalent' }]);
});

test('a measure that is not there, and one that changes nothing here', async () => {
  expect(await statusOf(pointsOf('exactly-once'), compensationSkipped)).toMatchObject({ status: 'inapplicable' });
  expect(await statusOf(pointsOf('exactly-once'), leaseShort)).toMatchObject({ status: 'equivalent' });
});

test('a search that a budget stops is neither killed nor survived', async () => {
  const scenario = pointsOf('at-least-once');
  const outcomes = await runMutants(scenario, scenario.patterns[0]!, {
    budget: { maxStates: 3, stopped: () => undefined },
    operators: [keyDropped],
  });
  expect(outcomes).toMatchObject({ killed: 0, survived: 0, inconclusive: 1, list: [{ status: 'inconclusive' }] });
  expect(exitCodeOf({ runs: [{ ...PROVED, mutants: outcomes }] })).toBe(4);
});

test('what the flow as it is breaks as well kills no mutant', async () => {
  // The invariant is broken from the start: without the heartbeat it is, too.
  const broken = { property: 'never', holds: () => false, broken: () => 'It never holds.' };
  const scenario = { ...(await loadScenario('scenarios/nightly-import/scenario.ts')), invariants: [broken] };
  const outcome = await statusOf(scenario, keyDropped);
  expect(outcome.status).toBe('inapplicable');
  const { runs } = await simulate({ scenarios: [scenario], mutants: true });
  expect(runs[0]).toMatchObject({ verdict: 'violated' });
  expect(runs[0]!.mutants).toBeUndefined();
});

const PROVED = { verdict: 'proved' as const, expected: 'proved' as const, expectedProperties: [], violations: [] };
