import { explore, World } from 'crashwise/simulator';
import { describe, expect, test } from 'vitest';
import { campaign } from '../../src/simulator/explore/campaign.js';
import type { Violation } from '../../src/simulator/explore/findings.js';
import { brokenBy, withOneLess } from '../../src/simulator/explore/minimal.js';
import { faultBudget } from '../../src/simulator/fault-budget.js';
import { replaySchedule } from '../../src/simulator/replay-schedule.js';
import { bruteForce } from './brute-force.js';
import { smallFlows, type SmallFlow } from './small-flows.js';

// Goal: no story has a crash or another fault too many. Method: an exhaustive search claims the fewest faults there are,
// and then the fewest crashes: brute force counts after it. A random search claims only that nothing can be taken away.

const NO_LIMIT = { maxStates: 10_000, stopped: () => undefined };

const worldOf = ({ scenario, faults, maxFaults }: SmallFlow, reduces = true): World =>
  new World(scenario, scenario.patterns[0]!, faultBudget({ faults, maxFaults }), { reduces });

const costs = (violations: Iterable<readonly [string, { faults: number; crashes: number }]>): string[] =>
  Array.from(
    violations,
    ([property, { faults, crashes }]) => `${property}: ${faults} faults, ${crashes} crashes`,
  ).sort();

async function mustNeedAllOf(world: World, { property, schedule }: Violation): Promise<void> {
  const { breaches } = await replaySchedule(world, schedule, property);
  expect(breaches.map(({ breach }) => breach.property)).toContain(property);
  for (const lives of withOneLess(schedule.lives)) {
    const left = await brokenBy(world, lives, property);
    expect(left?.schedule, `${JSON.stringify(schedule)} without one`).toBeUndefined();
  }
}

describe.each(smallFlows)('$name', (flow) => {
  test('an exhaustive search finds the fewest faults and crashes that break anything', async () => {
    const brute = await bruteForce(worldOf(flow, false), flow.lives);
    const { stoppedBy, violations } = await explore(worldOf(flow), NO_LIMIT);
    expect(stoppedBy).toBe('closed');
    expect(costs(brute.broken)).toEqual(costs(violations.map((found) => [found.property, found])));
    expect(brute.broken.size).toBeGreaterThan(0);
  });

  test('nothing can be taken away from what either search finds', async () => {
    const world = worldOf(flow);
    const all = await explore(world, NO_LIMIT);
    const some = await campaign(world, { maxRuns: 100, seed: '1', stopped: () => undefined });
    const properties = (violations: readonly Violation[]): string[] =>
      violations.map(({ property }) => property).sort();
    expect(properties(some.violations)).toEqual(properties(all.violations));
    for (const violation of [...all.violations, ...some.violations]) await mustNeedAllOf(world, violation);
  });
});
