import fc from 'fast-check';
import { afterEach, expect, test, vi } from 'vitest';
import { faultBudget } from '../../src/simulator/fault-budget.js';
import type * as Reduction from '../../src/simulator/late-that-matter.js';
import { entriesOf } from '../../src/simulator/persistent.js';
import { search } from '../../src/simulator/search.js';
import { World } from '../../src/simulator/world.js';
import { drawnFlow, scenarioOf, type DrawnFlow } from './drawn-flows.js';

// Goal: late requests that are left out are missed by nobody, whatever the services make of requests: the same verdict,
// the same broken at the same price, the same seen and refused, and the same at rest. Method: flows over services without
// sense, each searched twice. LATE_RUNS=5000 for more of them.

type Reduce = typeof Reduction.lateThatMatter;

const reduction = vi.hoisted(() => ({ instead: undefined as Reduce | undefined }));

vi.mock('../../src/simulator/late-that-matter.js', async (original) => {
  const { lateThatMatter: real } = await original<typeof Reduction>();
  const lateThatMatter: Reduce = (...given) => (reduction.instead ?? real)(...given);
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
    stoppedBy,
    lives: found.lives,
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

const RUNS = Number(process.env['LATE_RUNS'] ?? 60);
const SEED = Number(process.env['LATE_SEED'] ?? 1);
const MAX_STATES = Number(process.env['LATE_STATES'] ?? 150);

test('what need not arrive is missed by nobody', { timeout: 3_600_000 }, async () => {
  const count = { closed: 0, left: 0, broken: 0, few: 0, many: 0 };
  await fc.assert(
    fc.asyncProperty(drawnFlow, async (flow) => {
      const many = await searched(flow, everyOne, MAX_STATES);
      if (many.stoppedBy === 'states') return;
      const few = await searched(flow, undefined, 4 * MAX_STATES);
      count.closed += 1;
      if (few.leftOut.size > 0) count.left += 1;
      if (few.seen.broken.length > 0) count.broken += 1;
      count.few += few.lives;
      count.many += many.lives;
      expect(few.seen).toEqual(many.seen);
    }),
    { numRuns: RUNS, seed: SEED, endOnFailure: process.env['LATE_SHRINK'] === undefined },
  );
  console.log(count);
});
