import { seededRandom } from '../../engine/random.js';
import type { Fault } from '../fault.js';
import { Refinement } from '../oracle/refinement.js';
import { hasEnded } from '../trace.js';
import { goesOutside } from '../goes-outside.js';
import { repeatFirst } from '../repeat-first.js';
import { mustAgree } from '../steadiness.js';
import type { World } from '../world.js';
import type { Progress } from './closure.js';
import type { Covering } from './crash-coverage.js';
import { drawnRuns } from './drawn-runs.js';
import { turnsOf, type Drawn } from './draws.js';
import type { Shortest, Violation } from './findings.js';
import { minimal } from './minimal.js';
import { firstLife } from './first-life.js';
import { playOut } from './play-out.js';
import { Tally } from './tally.js';

/** What a random search has seen. It proves nothing. */
export interface Sample {
  readonly runs: number;
  readonly lives: number;
  readonly edges: number;
  readonly covering: Covering;
  /** Durable states, told apart by their keys, from which a life was started. */
  readonly states: number;
  /** `site.phase` of every crash that was taken. */
  readonly points: ReadonlySet<string>;
  readonly sites: ReadonlySet<string>;
  /** Other faults that happened. */
  readonly faults: ReadonlySet<Fault>;
  readonly happened: ReadonlySet<string>;
  readonly seen: ReadonlySet<string>;
  readonly twice: ReadonlyMap<string, Shortest>;
  /** One for each property, from which nothing can be taken away. */
  readonly violations: readonly Violation[];
  /** Lives that did not come to rest, so that nobody knows what they come to. */
  readonly unjudged: number;
  /** False if the outcomes without a crash are too many to be known, so that those with crashes were not compared. */
  readonly comparesOutcomes: boolean;
  readonly stoppedBy: 'runs' | 'time' | 'interrupted' | 'endless-life' | 'outside-work';
}

export interface CampaignOptions {
  readonly maxRuns: number;
  readonly seed: string;
  /** Asked between runs: why the search is to end now, or undefined. */
  readonly stopped: () => 'time' | 'interrupted' | undefined;
  readonly onProgress?: ((progress: Progress) => void) | undefined;
}

/** fast-check takes the first runs of a check from near the edges, and later ones less so: so there is more than one check. */
const RUNS_PER_CHECK = 100;

/** More of them than this, and outcomes are not compared. */
const MAX_LIVES_WITHOUT_CRASH = 2_000;

/** A life that does not come to rest takes very long. One or two say nothing of the rest of the search. */
const MAX_UNJUDGED = 3;

/**
 * Searches at random, for flows that are too large to be explored to their end: crashes and faults for a number of lives,
 * then a life without any, which must come to rest with the goal. What is found is shrunk and made minimal. The same seed
 * and the same number of runs make the same search.
 */
export async function campaign(world: World, options: CampaignOptions): Promise<Sample> {
  const { maxRuns, stopped, onProgress } = options;
  const first = await firstLife(world);
  mustAgree(first, await firstLife(world), 0);
  const refinement = await Refinement.of(world, MAX_LIVES_WITHOUT_CRASH);
  const check = await drawnRuns();
  const tally = new Tally(world);
  const violations = new Map<string, Violation>();
  const draw = seededRandom(`campaign/${options.seed}/${world.scenario.name}/${world.pattern.name}`);
  let [runs, unjudged] = [0, 0];
  let end: Sample['stoppedBy'] | undefined;

  /** What a run breaks that no run before has broken; `only`: looks for this property alone. */
  async function play(drawn: Drawn, only?: string): Promise<Violation | undefined> {
    for await (const played of playOut(world, turnsOf(drawn, [...world.budget.faults]), refinement)) {
      tally.add(played);
      if (!hasEnded(played.trace)) unjudged += 1;
      if (unjudged > MAX_UNJUDGED) end ??= 'endless-life';
      if (played.trace.end === 'outside') end ??= 'outside-work';
      const found = played.findings.violations.find(({ property }) =>
        only === undefined ? !violations.has(property) : property === only,
      );
      if (found) return found;
    }
    return undefined;
  }

  const goesOn = (): boolean => runs < maxRuns && end === undefined;
  while (goesOn()) {
    const { failed, executed } = await check({
      seed: Math.floor(draw() * 2 ** 31),
      runs: Math.min(RUNS_PER_CHECK, maxRuns - runs),
      breaks: play,
      stopped: () => (end ??= stopped()) !== undefined,
    });
    runs += executed;
    if (failed) violations.set(failed.property, await minimal(world, failed, refinement));
    onProgress?.({ runs, states: tally.states, open: 0, violations: violations.size });
  }
  if (end !== 'outside-work' && (await repeatFirst(world, first)).some(goesOutside)) end = 'outside-work';
  return {
    runs,
    unjudged,
    comparesOutcomes: refinement !== undefined,
    ...tally.seen(),
    violations: [...violations.values()],
    stoppedBy: end ?? 'runs',
  };
}
