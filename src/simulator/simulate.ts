import type { SimulationResult, SimulationRun, SimulationViolation } from '../results/index.js';
import { certificate, coverageOf, pointsOf, twiceAllowed, unjudged } from './certificate.js';
import { describeRun } from './describe-run.js';
import { simulatorError } from './errors.js';
import { explain, shownSteps } from './explain.js';
import type { Budget, Progress } from './explore/closure.js';
import { faultBudget, type FaultBudget } from './fault-budget.js';
import { FreshScenario } from './fresh-scenario.js';
import { crashMatrix } from './matrix.js';
import { repeatedEffects } from './oracle/breach.js';
import { needsOf } from './needs.js';
import type { Pattern } from './pattern.js';
import { runMutants } from './mutate/run-mutants.js';
import { replaySchedule } from './replay-schedule.js';
import { sample } from './sample.js';
import { formatSchedule, parseSchedule, type Schedule } from './schedule.js';
import { checkScenario, type Scenario } from './scenario.js';
import { search } from './search.js';
import { tellStory } from './story.js';
import { unlessUnsteady } from './unsteady-run.js';
import { World } from './world.js';

export interface SimulateOptions {
  readonly scenarios: readonly Scenario[];
  /** Only these patterns. Default: all that a scenario brings. */
  readonly patterns?: readonly string[] | undefined;
  /** Re-runs this one schedule instead of exploring. */
  readonly schedule?: string | undefined;
  /** What may go wrong besides crashes: names of faults, or `all`. Default: nothing. */
  readonly faults?: readonly string[] | undefined;
  /** How many of them in one run at most, zombies counted. Default 2. Crashes have no limit. */
  readonly maxFaults?: number | undefined;
  /** Whether a worker may stand still while another takes over, and then go on. */
  readonly zombies?: boolean | undefined;
  /**
   * Whether to search what has to be added to a pattern that is violated until it is proved: the smallest set of its
   * `additions`, in `needs`. Default false.
   */
  readonly matrix?: boolean | undefined;
  /** Of what is proved, takes each safety measure away in turn, and searches for what that breaks. Default false. */
  readonly mutants?: boolean | undefined;
  /** Default 1,000,000 states, no limit of time. */
  readonly maxStates?: number | undefined;
  readonly budgetMs?: number | undefined;
  /** Searches at random instead of exploring, in so many runs of each pattern: for flows that are too large. Never proves. */
  readonly maxRuns?: number | undefined;
  /** Aborted: the run that is under way is cut short and `inconclusive`, and those after it are left out. */
  readonly signal?: AbortSignal | undefined;
  /** What a random search draws from; printed with the result. An exhaustive one draws nothing. Default `1`. */
  readonly seed?: string | undefined;
  /** Hears of each mutant before its search begins. */
  readonly onMutant?: ((mutant: { scenario: string; pattern: string; operator: string }) => void) | undefined;
  readonly onProgress?: ((run: { scenario: string; pattern: string } & Progress) => void) | undefined;
}

/**
 * Crashes scenarios: explores every state that crashes can lead to, under each pattern, and judges them. Prints nothing
 * and never exits. Throws `pattern-not-found`, `schedule-unreadable` and `schedule-misfit`.
 *
 * @example
 * const { runs } = await simulate({ scenarios: [signup] });
 * runs.map(({ pattern, verdict }) => `${pattern}: ${verdict}`); // ['accidental: violated', 'durable: proved']
 */
export async function simulate(options: SimulateOptions): Promise<SimulationResult> {
  const startedAt = Date.now();
  const { seed = '1', maxRuns } = options;
  const schedule = options.schedule === undefined ? undefined : parseSchedule(options.schedule);
  const wanted = schedule ? [schedule.pattern] : options.patterns;
  const untilMs = startedAt + (options.budgetMs ?? Infinity);
  const budget: Budget = {
    maxStates: options.maxStates ?? 1_000_000,
    stopped: () => (options.signal?.aborted ? 'interrupted' : Date.now() > untilMs ? 'time' : undefined),
  };
  // All names are looked up before anything runs.
  options.scenarios.forEach(checkScenario);
  const faults = schedule ? faultsOf(schedule) : faultBudget(options);
  const worlds = options.scenarios.flatMap((scenario) =>
    patternsOf(scenario, wanted).map((pattern) => {
      const loaded = FreshScenario.of(scenario);
      const fresh = loaded && (() => loaded.pattern(pattern));
      return new World(scenario, pattern, faults, { fresh });
    }),
  );
  const runs: SimulationRun[] = [];
  for (const world of worlds) {
    if (options.signal?.aborted) break;
    const { scenario, pattern } = world;
    const onProgress = (progress: Progress): void =>
      options.onProgress?.({ scenario: scenario.name, pattern: pattern.name, ...progress });
    const run = await unlessUnsteady(world, () =>
      schedule
        ? rerun(world, schedule)
        : maxRuns === undefined
          ? prove(world, budget, onProgress)
          : sample(world, { maxRuns, seed, stopped: budget.stopped, onProgress }),
    );
    const row = options.matrix ? await rowOf(world, run, budget, options) : {};
    // Of a flow that is broken already, a mutation could not be told to break it.
    const isMutated = options.mutants === true && run.verdict === 'proved';
    const onOperator = (operator: string): void =>
      options.onMutant?.({ scenario: scenario.name, pattern: pattern.name, operator });
    const mutants = isMutated ? { mutants: await runMutants(scenario, pattern, { budget, onOperator }) } : {};
    runs.push({ ...run, ...row, ...mutants });
  }
  return { schema: 'crashwise/simulation@1', seed, ms: Date.now() - startedAt, runs };
}

/** Which row of the decision table this is, and what the machinery lacks in it. */
async function rowOf(
  world: World,
  { verdict, runs }: SimulationRun,
  budget: Budget,
  { onProgress }: SimulateOptions,
): Promise<Pick<SimulationRun, 'row' | 'needs' | 'causes'>> {
  const row = world.scenario.row ? { row: world.scenario.row } : {};
  if (verdict === 'proved') return { ...row, needs: [], causes: [] };
  // What has to be added is shown by proofs, which a random search does not make.
  if (verdict === 'inconclusive' || runs !== undefined) return row;
  const { scenario, pattern } = world;
  const additions = await needsOf(world, budget, (names, progress) =>
    onProgress?.({ scenario: scenario.name, pattern: `${pattern.name} with ${names.join(', ')}`, ...progress }),
  );
  if (!additions) return row;
  return { ...row, needs: additions.map(({ name }) => name), causes: additions.map(({ without }) => without) };
}

/** What a schedule needs to be run again. */
function faultsOf({ lives }: Schedule): FaultBudget {
  const faults = lives.flatMap((life) => life.faults.map(({ fault }) => fault));
  return { faults: new Set(faults), maxFaults: faults.length };
}

function patternsOf(scenario: Scenario, wanted: readonly string[] | undefined): readonly Pattern[] {
  const missing = wanted?.find((name) => !scenario.patterns.some((pattern) => pattern.name === name));
  if (missing === undefined) return scenario.patterns.filter(({ name }) => !wanted || wanted.includes(name));
  const has = scenario.patterns.map(({ name }) => name).join(', ');
  throw simulatorError('pattern-not-found', `Scenario ${scenario.name} has no pattern "${missing}". It has: ${has}.`);
}

async function prove(world: World, budget: Budget, onProgress: (progress: Progress) => void): Promise<SimulationRun> {
  const startedAt = performance.now();
  const searched = await search(world, budget, onProgress);
  const { found, projections, hazards, assumes, strays, stoppedBy, unseen, verdict } = searched;
  const seconds = Math.max(performance.now() - startedAt, 1) / 1_000;
  const violations: SimulationViolation[] = [];
  for (const violation of found.violations) violations.push(await explain(world, violation));
  const closed = found.stoppedBy === 'closed';
  return {
    ...describeRun(world),
    verdict,
    closed,
    states: found.nodes.length,
    lives: found.lives,
    crashPoints: found.points.size,
    edges: found.edges,
    stoppedBy,
    ...(unseen ? { unseen } : {}),
    ...(closed ? {} : { frontier: { states: found.frontier, depth: found.depth } }),
    certificate: certificate(
      world,
      found.faults,
      projections,
      [
        ...hazards,
        ...strays,
        ...unjudged(world, found),
        ...(violations.length > 0 ? ['crashes after a count is broken'] : []),
      ],
      assumes,
    ),
    coverage: coverageOf(world, found),
    twiceAllowed: twiceAllowed(world, found),
    // From a state of a process that never rests there is no outcome to tell.
    // Of crashes alone: with other faults, some way on from nearly every point is the worst there is.
    matrix: closed ? await crashMatrix(world.withoutFaults(), budget.stopped) : [],
    violations,
    rates: {
      statesPerSecond: Math.round(found.nodes.length / seconds),
      livesPerSecond: Math.round(found.lives / seconds),
    },
  };
}

async function rerun(world: World, schedule: Schedule): Promise<SimulationRun> {
  const replay = await replaySchedule(world, schedule);
  const crashes = schedule.lives.filter(({ crash }) => crash).length;
  const faults = replay.lives.at(-1)!.end.spent;
  const violations: SimulationViolation[] = [];
  for (const { breach } of replay.breaches) {
    violations.push(await explain(world, { ...breach, crashes, faults, schedule }));
  }
  const told = violations.length > 0 ? [] : (await tellStory(world, replay)).steps;
  const twice = new Map(
    repeatedEffects(world, replay.lives.at(-1)!.end).map((effect) => [effect, { crashes, faults, schedule }]),
  );
  const moments = replay.lives.flatMap((life) => life.moments);
  const taken = replay.lives.flatMap(({ crash }) => (crash ? [`${crash.site.name}.${crash.phase}`] : []));
  const points = new Set(taken).size;
  const pairs = new Set(taken.slice(1).map((point, index) => `${taken[index]!} ${point}`)).size;
  return {
    ...describeRun(world),
    // One schedule without a breach says nothing about the others.
    verdict: violations.length > 0 ? 'violated' : 'inconclusive',
    closed: false,
    states: replay.lives.length,
    lives: replay.lives.length,
    crashPoints: points,
    edges: moments.length,
    stoppedBy: 'schedule',
    schedule: formatSchedule(schedule),
    ...(told.length === 0 ? {} : { story: shownSteps(told) }),
    certificate: {
      ...certificate(world, world.budget.faults, { checked: 0, of: 0, complete: true, mismatch: undefined }, []),
      crashes: 'bounded',
      schedules: 'one',
    },
    coverage: {
      points: { hit: points, of: pointsOf(world, new Set(moments.map(({ site }) => site.name))) },
      edges: { hit: taken.length },
      pairs: { hit: pairs },
      sometimes: [],
    },
    twiceAllowed: twiceAllowed(world, { twice }),
    matrix: [],
    violations,
    rates: { statesPerSecond: 0, livesPerSecond: 0 },
  };
}
