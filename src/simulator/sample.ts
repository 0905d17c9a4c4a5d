import type { SimulationRun, SimulationViolation } from '../results/index.js';
import { certificate, coverageOf, twiceAllowed, unjudged } from './certificate.js';
import { describeRun } from './describe-run.js';
import { explain } from './explain.js';
import { campaign, type CampaignOptions } from './explore/campaign.js';
import { unseenBy } from './unseen.js';
import type { World } from './world.js';

/** Searches at random, and tells what was found. Without a violation the run is `inconclusive`, however long it was. */
export async function sample(world: World, options: CampaignOptions): Promise<SimulationRun> {
  const startedAt = performance.now();
  const found = await campaign(world, options);
  const strays = [...world.strays].sort().map((site) => `${site}, called by a life that seemed to rest`);
  const stoppedBy = strays.length > 0 ? 'outside-work' : found.stoppedBy;
  const unseen =
    stoppedBy === 'outside-work'
      ? await unseenBy(world, stoppedBy, { text: strays.join('; ') || undefined })
      : undefined;
  const seconds = Math.max(performance.now() - startedAt, 1) / 1_000;
  const violations: SimulationViolation[] = [];
  for (const violation of found.violations) violations.push(await explain(world, violation));
  const notJudged = [
    ...(found.unjudged === 0 ? [] : [`what ${found.unjudged} of the lives come to, which did not rest`]),
    ...(found.comparesOutcomes ? [] : ['outcomes: those without a crash are too many to compare with']),
  ];
  return {
    ...describeRun(world),
    verdict: violations.length > 0 ? 'violated' : 'inconclusive',
    closed: false,
    runs: found.runs,
    states: found.states,
    lives: found.lives,
    crashPoints: found.points.size,
    edges: found.edges,
    stoppedBy,
    ...(unseen ? { unseen } : {}),
    certificate: {
      ...certificate(world, found.faults, NOTHING_MERGED, [...strays, ...unjudged(world, found), ...notJudged]),
      crashes: 'bounded',
      schedules: 'sampled',
      projections: [],
    },
    coverage: coverageOf(world, found),
    twiceAllowed: twiceAllowed(world, found),
    matrix: [],
    violations,
    rates: {
      statesPerSecond: Math.round(found.states / seconds),
      livesPerSecond: Math.round(found.lives / seconds),
    },
  };
}

// States are told apart to be counted only: no key takes two for one.
const NOTHING_MERGED = { checked: 0, of: 0, complete: true, mismatch: undefined };
