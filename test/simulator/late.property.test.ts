import fc from 'fast-check';
import { afterEach, expect, test, vi } from 'vitest';
import { faultBudget } from '../../src/simulator/fault-budget.js';
import type * as Reduction from '../../src/simulator/late-that-matter.js';
import { SAME_OUTCOMES } from '../../src/simulator/oracle/refinement.js';
import { entriesOf } from '../../src/simulator/persistent.js';
import { replaySchedule } from '../../src/simulator/replay-schedule.js';
import type { Schedule } from '../../src/simulator/schedule.js';
import { search } from '../../src/simulator/search.js';
import { World } from '../../src/simulator/world.js';
import { drawnFlow, scenarioOf, type DrawnFlow } from './drawn-flows.js';

// Goal: late requests that are left out are missed by nobody, whatever the services make of requests: the same verdict,
// the same broken at the same price, the same seen and refused, and the same at rest. Method: flows over services without
// sense, each searched twice. LATE_RUNS=5000 for more of them.

type Reduce = typeof Reduction.lateThatMatter;

const reduction = vi.hoisted(() => ({ instead: undefined as Reduce | undefined }));
const real = vi.hoisted(() => ({ lateThatMatter: undefined as Reduce | undefined }));

vi.mock('../../src/simulator/late-that-matter.js', async (original) => {
  Object.assign(real, await original<typeof Reduction>());
  const lateThatMatter: Reduce = (...given) => (reduction.instead ?? real.lateThatMatter!)(...given);
  return { lateThatMatter };
});

afterEach(() => {
  reduction.instead = undefined;
});

const everyOne: Reduce = ({ network }) => [...network.part.late.keys()];

async function searched(flow: DrawnFlow, instead: Reduce | undefined, maxStates: number) {
  reduction.instead = instead;
  const scenario = scenarioOf(flow);
  const world = new World(scenario, scenario.patterns[0]!, faultBudget(flow));
  const { found, verdict, stoppedBy } = await search(world, { maxStates, stopped: () => undefined }, () => {});
  const price = ({ property, faults, crashes }: (typeof found.violations)[number]): string =>
    `${property}: ${faults} faults, ${crashes} crashes`;
  const ends = found.rests.map((rest) => {
    const { lamp, other } = world.services(rest) as Record<'lamp' | 'other', { n: number }>;
    return `${lamp.n} ${other.n} ${JSON.stringify(entriesOf(world.ledger(rest).done).sort())}`;
  });
  const twice = [...found.twice].map(([effect, { faults, crashes }]) => `${effect}: ${faults}, ${crashes}`);
  return {
    schedules: found.violations.map(({ property, schedule }) => [property, schedule] as const),
    stoppedBy,
    leftOut: world.leftOut,
    seen: {
      verdict,
      broken: found.violations.map(price).sort(),
      happened: [...found.happened].sort(),
      sometimes: [...found.seen].sort(),
      twice: twice.sort(),
      ends: [...new Set(ends)].sort(),
    },
  };
}

/** The difference that a reduction makes to what is found, of one flow; undefined: it is too large to be told. */
async function bothWays(flow: DrawnFlow, instead?: Reduce) {
  const many = await searched(flow, everyOne, MAX_STATES);
  if (many.stoppedBy === 'states') return undefined;
  return { many, few: await searched(flow, instead, 4 * MAX_STATES) };
}

/** What a schedule breaks in a world in which nothing else can go wrong, as with `--schedule`. */
async function brokenAgain(flow: DrawnFlow, schedule: Schedule): Promise<readonly string[]> {
  reduction.instead = undefined;
  const scenario = scenarioOf(flow);
  const faults = schedule.lives.flatMap((life) => life.faults.map(({ fault }) => fault));
  const world = new World(scenario, scenario.patterns[0]!, { faults: new Set(faults), maxFaults: faults.length });
  const { breaches } = await replaySchedule(world, schedule);
  return breaches.map(({ breach }) => breach.property);
}

const RUNS = Number(process.env['LATE_RUNS'] ?? 35);
const MAX_STATES = 60;

test('what need not arrive is missed by nobody', { timeout: 3_600_000 }, async () => {
  const left = new Set<string>();
  const verdicts = new Set<string>();
  const property = fc.asyncProperty(drawnFlow, async (flow) => {
    const found = await bothWays(flow);
    if (!found) return;
    expect(found.few.seen).toEqual(found.many.seen);
    for (const [broken, schedule] of found.few.schedules) {
      const again = await brokenAgain(flow, schedule);
      // Where more is wrong, outcomes are not compared.
      expect(again).toContain(broken === SAME_OUTCOMES && again.length > 0 ? again[0] : broken);
    }
    if (found.few.leftOut.size > 0) verdicts.add(found.few.seen.verdict);
    for (const what of found.few.leftOut) left.add(what.replace(/^.* /, ''));
  });
  await fc.assert(property, { numRuns: RUNS, seed: 1 });
  expect(left).toEqual(new Set(['refused', 'none', 'alike']));
  expect(verdicts).toContain('proved');
  expect(verdicts).toContain('violated');
});

const idleOnce = new WeakMap<object, Set<string>>();

test.each<[what: string, wrong: Reduce]>([
  ['none arrives', () => []],
  [
    'one that is idle where it could first arrive never does',
    (outside, leftOut) => {
      if (!idleOnce.has(leftOut)) idleOnce.set(leftOut, new Set());
      const idle = idleOnce.get(leftOut)!;
      const { late } = outside.network.part;
      const matter = real.lateThatMatter!(outside, leftOut);
      const textOf = (index: number): string => JSON.stringify(late[index]);
      for (const index of late.keys()) if (!matter.includes(index)) idle.add(textOf(index));
      return matter.filter((index) => !idle.has(textOf(index)));
    },
  ],
])('the comparison has teeth: %s', { timeout: 60_000 }, async (_, wrong) => {
  const missed = fc.asyncProperty(drawnFlow, async (flow) => {
    const found = await bothWays(flow, wrong);
    if (found) expect(found.few.seen).toEqual(found.many.seen);
  });
  const { failed } = await fc.check(missed, { numRuns: RUNS, seed: 1, endOnFailure: true });
  expect(failed).toBe(true);
});
