import { relative } from 'node:path';
import type { SimulationResult, SimulationRun, SimulationViolation } from '../results/index.js';
import { simulatorError } from './errors.js';
import { explore, type Budget, type Exploration, type Violation } from './explore/closure.js';
import { crashMatrix } from './matrix.js';
import { checkProjections, type ProjectionCheck } from './oracle/projections.js';
import type { Pattern } from './pattern.js';
import { replaySchedule, type Replay } from './replay-schedule.js';
import { formatSchedule, parseSchedule, type Schedule } from './schedule.js';
import { checkScenario, type Scenario } from './scenario.js';
import { tellStory } from './story.js';
import { World } from './world.js';

export interface SimulateOptions {
  readonly scenarios: readonly Scenario[];
  /** Only these patterns. Default: all that a scenario brings. */
  readonly patterns?: readonly string[] | undefined;
  /** Re-runs this one schedule instead of exploring. */
  readonly schedule?: string | undefined;
  /** Default 1,000,000 states, no limit of time. */
  readonly maxStates?: number | undefined;
  readonly budgetMs?: number | undefined;
  /** Printed with the result. An exhaustive search draws nothing at random. Default `1`. */
  readonly seed?: string | undefined;
  readonly onProgress?:
    ((run: { scenario: string; pattern: string; states: number; open: number }) => void) | undefined;
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
  const schedule = options.schedule === undefined ? undefined : parseSchedule(options.schedule);
  const wanted = schedule ? [schedule.pattern] : options.patterns;
  const budget: Budget = {
    maxStates: options.maxStates ?? 1_000_000,
    ...(options.budgetMs === undefined ? {} : { untilMs: startedAt + options.budgetMs }),
  };
  // All names are looked up before anything runs.
  options.scenarios.forEach(checkScenario);
  const worlds = options.scenarios.flatMap((scenario) =>
    patternsOf(scenario, wanted).map((pattern) => new World(scenario, pattern)),
  );
  const runs: SimulationRun[] = [];
  for (const world of worlds) {
    const { scenario, pattern } = world;
    const onProgress = (states: number, open: number): void =>
      options.onProgress?.({ scenario: scenario.name, pattern: pattern.name, states, open });
    runs.push(schedule ? await rerun(world, schedule) : await prove(world, budget, onProgress));
  }
  return { schema: 'crashwise/simulation@1', seed: options.seed ?? '1', ms: Date.now() - startedAt, runs };
}

function patternsOf(scenario: Scenario, wanted: readonly string[] | undefined): readonly Pattern[] {
  const missing = wanted?.find((name) => !scenario.patterns.some((pattern) => pattern.name === name));
  if (missing === undefined) return scenario.patterns.filter(({ name }) => !wanted || wanted.includes(name));
  const has = scenario.patterns.map(({ name }) => name).join(', ');
  throw simulatorError('pattern-not-found', `Scenario ${scenario.name} has no pattern "${missing}". It has: ${has}.`);
}

async function prove(
  world: World,
  budget: Budget,
  onProgress: (states: number, open: number) => void,
): Promise<SimulationRun> {
  const startedAt = performance.now();
  const found = await explore(world, budget, onProgress);
  const seconds = Math.max(performance.now() - startedAt, 1) / 1_000;
  const projections = await checkProjections(world, found, budget.untilMs);
  const violations: SimulationViolation[] = [];
  for (const violation of found.violations) violations.push(await explain(world, violation));
  const hazards = (await world.pattern.hazards?.(found.nodes.map(({ state }) => state))) ?? [];
  const unsound = projections.mismatch !== undefined || !projections.complete || hazards.length > 0;
  const stoppedBy = found.stoppedBy === 'closed' && unsound ? 'projection' : found.stoppedBy;
  const closed = found.stoppedBy === 'closed';
  return {
    ...common(world),
    verdict: violations.length > 0 ? 'violated' : stoppedBy === 'closed' ? 'proved' : 'inconclusive',
    closed,
    states: found.nodes.length,
    lives: found.lives,
    crashPoints: found.points.size,
    edges: found.edges,
    stoppedBy,
    ...(closed ? {} : { frontier: { states: found.frontier, depth: found.depth } }),
    certificate: certificate(world, projections, [
      ...hazards,
      ...unjudged(world, found),
      ...(violations.length > 0 ? ['crashes after a count is broken'] : []),
    ]),
    coverage: { points: pointsOf(found), edges: {}, pairs: {}, sometimes: sometimes(world, found) },
    twiceAllowed: twiceAllowed(world, found),
    // From a state of a process that never rests there is no outcome to tell.
    matrix: closed ? await crashMatrix(world) : [],
    violations,
    rates: {
      statesPerSecond: Math.round(found.nodes.length / seconds),
      livesPerSecond: Math.round(found.lives / seconds),
    },
  };
}

async function rerun(world: World, schedule: Schedule): Promise<SimulationRun> {
  const replay = await replaySchedule(world, schedule);
  const violations: SimulationViolation[] = [];
  for (const { breach } of replay.breaches) {
    const crashes = schedule.lives.filter(({ crash }) => crash).length;
    violations.push(await explain(world, { ...breach, crashes, schedule }));
  }
  const moments = replay.lives.flatMap((life) => life.moments);
  const points = new Set(moments.map(({ point }) => `${point.site}.${point.phase}`)).size;
  return {
    ...common(world),
    // One schedule without a breach says nothing about the others.
    verdict: violations.length > 0 ? 'violated' : 'inconclusive',
    closed: false,
    states: replay.lives.length,
    lives: replay.lives.length,
    crashPoints: points,
    edges: moments.length,
    stoppedBy: 'schedule',
    schedule: formatSchedule(schedule),
    certificate: {
      ...certificate(world, { checked: 0, of: 0, complete: true, mismatch: undefined }, []),
      crashes: 'bounded',
      schedules: 'one',
    },
    coverage: { points: { hit: points, of: points }, edges: {}, pairs: {}, sometimes: [] },
    twiceAllowed: [],
    matrix: [],
    violations,
    rates: { statesPerSecond: 0, livesPerSecond: 0 },
  };
}

function common(world: World) {
  const { scenario, pattern } = world;
  const expected = scenario.expected?.[pattern.name];
  return {
    scenario: scenario.name,
    title: scenario.title,
    pattern: pattern.name,
    patternTitle: pattern.title,
    runtime: 'reference',
    subject: pattern.subject,
    expected: expected?.verdict ?? ('proved' as const),
    expectedProperties: [...(expected?.properties ?? [])],
    properties: [...new Set([...scenario.steps.map(({ property }) => property), scenario.goal.property])],
  };
}

async function explain(world: World, violation: Violation): Promise<SimulationViolation> {
  const { scenario, pattern } = world;
  const replay = await replaySchedule(world, violation.schedule);
  if (!replay.breaches.some(({ breach }) => breach.property === violation.property)) {
    const message = `Run again, ${formatSchedule(violation.schedule)} does not break ${violation.property}.`;
    throw simulatorError('scenario-unsteady', message);
  }
  const { steps, pointOfNoReturn } = await tellStory(world, replay, violation);
  const schedule = formatSchedule(violation.schedule);
  const place = placeOf(replay, violation);
  const { property } = violation;
  const hint = scenario.hints?.[property];
  const page = scenario.pages?.[property];
  return {
    property,
    kind: violation.kind,
    sentence: violation.sentence,
    crashes: violation.crashes,
    faults: 0,
    schedule,
    story: steps,
    ...(pointOfNoReturn === undefined ? {} : { pointOfNoReturn }),
    ...(place === undefined ? {} : { location: place }),
    ...(await worldsOf(world, replay)),
    reproduce: {
      command: `npx crashwise simulate ${scenario.name} --schedule ${schedule}`,
      test: [
        `test('${property}: ${pattern.name} survives ${schedule}', async () => {`,
        `  const { runs } = await simulate({ scenarios: [scenario], schedule: '${schedule}' });`,
        '  expect(runs[0].violations).toEqual([]);',
        '});',
      ].join('\n'),
    },
    ...(hint === undefined ? {} : { hint }),
    ...(page === undefined ? {} : { page }),
  };
}

/** Where it bites: the call that did too much, or the one at which the last crash cut the flow off. */
function placeOf({ lives, breaches }: Replay, { property }: Violation): { file: string; line: number } | undefined {
  const moment =
    breaches.find(({ breach }) => breach.property === property)?.moment ?? lives.findLast(({ crash }) => crash)?.crash;
  const [, file, line] = /^(.*?):(\d+):\d+$/.exec(moment?.location ?? '') ?? [];
  return file === undefined ? undefined : { file: relative(process.cwd(), file), line: Number(line) };
}

/** The world without a crash, and as it is at the end of the story. */
async function worldsOf(
  world: World,
  replay: Replay,
): Promise<Pick<SimulationViolation, 'expectedWorld' | 'actualWorld'>> {
  const undisturbed = await world.life(world.initial, []);
  return {
    expectedWorld: { ...world.services(undisturbed.rest) },
    actualWorld: { ...world.services(replay.lives.at(-1)!.end) },
  };
}

function twiceAllowed(world: World, { twice }: Exploration): SimulationRun['twiceAllowed'] {
  return world.scenario.steps.flatMap(({ effect, title }) => {
    const first = twice.get(effect);
    return first ? [{ effect, title, crashes: first.crashes, schedule: formatSchedule(first.schedule) }] : [];
  });
}

/** Effects that happened and belong to no step: nobody judges how often. */
function unjudged(world: World, { happened }: Exploration): string[] {
  const effects = new Set([...happened].map((what) => what.replace(/ \w+$/, '')));
  const judged = new Set(world.scenario.steps.map(({ effect }) => effect));
  return [...effects].filter((effect) => !judged.has(effect)).map((effect) => `${effect}, which no step declares`);
}

/** Whether each step happened, and each key was put to use: what never happened was not tested. */
function sometimes(world: World, { happened }: Exploration): SimulationRun['coverage']['sometimes'] {
  return world.scenario.steps.flatMap(({ effect }) => [
    { name: `${effect} happens`, taken: happened.has(`${effect} done`) },
    { name: `${effect} is sent again and refused`, taken: happened.has(`${effect} refused`) },
  ]);
}

function pointsOf({ points, sites }: Exploration): { hit: number; of: number } {
  return { hit: points.size, of: [...sites].reduce((sum, site) => sum + (site === 'wait' ? 1 : 4), 0) };
}

function certificate(
  { scenario, pattern }: World,
  { checked, of, complete }: ProjectionCheck,
  notCovered: readonly string[],
): SimulationRun['certificate'] {
  return {
    inputs: 1,
    faults: ['crash'],
    maxOtherFaults: 0,
    crashes: 'unbounded',
    schedules: 'all',
    key: 'full',
    omissionProbability: 0,
    projections: [
      {
        name: [...pattern.projections, 'counts from 2 on', 'answers refused'].join('; '),
        checked: `${checked < of && complete ? 'sampled: ' : ''}${checked} of ${of}`,
      },
    ],
    assumes: [
      'a dead worker may come back before or after each deadline that is pending (restartWithin: any)',
      'what keys leave out does not add up over several lives: each merged pair was run for one life',
      'code of the scenario reads no clock, process id or random source of the machine',
      'random() and uuid() of the workflow: one seed',
      'time passes only while nothing is in flight',
      'what is in flight at a crash lands before the next life or never',
      'module variables of the scenario keep nothing from life to life',
      ...pattern.assumes,
      ...scenario.assumes,
    ],
    notCovered: ['errors', 'timeouts', 'late landing', 'zombie', ...notCovered],
  };
}
