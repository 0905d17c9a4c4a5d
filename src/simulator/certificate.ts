import type { SimulationRun } from '../results/index.js';
import { durationText } from './duration-text.js';
import type { Exploration } from './explore/closure.js';
import type { Fault } from './fault.js';
import { FAULT_WORDS, nameOfFault } from './fault-budget.js';
import type { ProjectionCheck } from './oracle/projections.js';
import { FreshScenario } from './fresh-scenario.js';
import { PHASES } from './point.js';
import { formatSchedule } from './schedule.js';
import type { Scenario, Step } from './scenario.js';
import type { World } from './world.js';

/** Effects that happened twice where their class allows it, each with the shortest schedule that does it. */
export function twiceAllowed(world: World, { twice }: Pick<Exploration, 'twice'>): SimulationRun['twiceAllowed'] {
  return world.scenario.steps.flatMap(({ effect, title }) => {
    const first = twice.get(effect);
    return first ? [{ effect, title, crashes: first.crashes, schedule: formatSchedule(first.schedule) }] : [];
  });
}

/** Effects that happened and belong to no step: nobody judges how often. */
export function unjudged(world: World, { happened }: Pick<Exploration, 'happened'>): string[] {
  const effects = new Set([...happened].map((what) => what.replace(/ \w+$/, '')));
  const judged = new Set(world.scenario.steps.map(({ effect }) => effect));
  return [...effects].filter((effect) => !judged.has(effect)).map((effect) => `${effect}, which no step declares`);
}

/** Whether each step happened, and whether each step that may not happen twice was ever refused a second time. */
function sometimes(
  world: World,
  { happened, seen }: Pick<Exploration, 'happened' | 'seen'>,
): SimulationRun['coverage']['sometimes'] {
  const refusal = ({ class: kind, effect }: Step) =>
    kind === 'exactly-once' || kind === 'at-most-once'
      ? [{ name: `${effect} is sent again and refused`, taken: happened.has(`${effect} refused`) }]
      : [];
  const steps = world.scenario.steps.flatMap((step) => [
    { name: `${step.effect} happens`, taken: happened.has(`${step.effect} done`) },
    ...refusal(step),
  ]);
  return [...steps, ...(world.scenario.sometimes ?? []).map(({ name }) => ({ name, taken: seen.has(name) }))];
}

/** Crash points of these sites, and of the steps: one that was never reached has four points at which nobody died. */
export function pointsOf(world: World, sites: Iterable<string>): number {
  const all = new Set([...sites, ...world.scenario.steps.map(({ effect }) => effect)]);
  const count = (site: string): number =>
    site === 'wait' || site === 'network' || site.startsWith('outside:') ? 1 : PHASES.length;
  return [...all].reduce((sum, site) => sum + count(site), 0);
}

/** What was put to the test: a dead worker at each point, and each step at least once. */
export function coverageOf(
  world: World,
  found: Pick<Exploration, 'happened' | 'seen' | 'points' | 'sites' | 'covering'>,
): SimulationRun['coverage'] {
  return {
    points: { hit: found.points.size, of: pointsOf(world, found.sites) },
    ...found.covering,
    sometimes: sometimes(world, found),
  };
}

function comesBack({ restartWithinMs }: Scenario): readonly string[] {
  if (restartWithinMs === undefined) {
    return ['a dead worker may come back before or after each deadline that is pending (restartWithin: any)'];
  }
  const text = durationText(restartWithinMs);
  return [
    `a dead worker is back within ${text}, before or after each deadline that falls due meanwhile (restartWithin: ${text})`,
    'absences one after the other, with nothing achieved in between, do not add up to a deadline that one cannot reach',
  ];
}

const LEFT_OUT =
  'services answer by their state, the request and the time alone: a late request that would change nothing, or is like ' +
  'another one, is not let arrive';

/** What exactly was proved, what the proof rests on, and what it says nothing about. */
export function certificate(
  { scenario, pattern, budget, leftOut }: World,
  suffered: ReadonlySet<Fault>,
  { checked, of, complete }: ProjectionCheck,
  notCovered: readonly string[],
  taken: readonly string[] = [],
): SimulationRun['certificate'] {
  const faults = new Set([...suffered].map(nameOfFault));
  const wanted = new Set([...budget.faults].map(nameOfFault));
  const without = Object.entries(FAULT_WORDS).filter(([name]) => !faults.has(name));
  return {
    inputs: 1,
    faults: ['crash', ...Object.keys(FAULT_WORDS).filter((name) => faults.has(name))],
    maxOtherFaults: budget.maxFaults,
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
      ...comesBack(scenario),
      'what keys leave out does not add up over several lives: each merged pair was run for one life',
      ...taken,
      'a process that was given the same in the same order holds the same in memory: runs that come to the same are run once',
      ...(leftOut.size > 0 ? [LEFT_OUT] : []),
      'nothing goes on past the boundaries without a sign of it for longer than the search takes',
      'code of the scenario reads no clock, process id or random source of the machine',
      'random() and uuid() of the workflow: one seed',
      ...(faults.has('edge') ? [] : ['time passes only while nothing is in flight']),
      ...(faults.has('late') ? [] : ['what is in flight at a crash lands before the next life or never']),
      ...FreshScenario.assumes(scenario),
      ...pattern.assumes,
      ...(scenario.endings?.parked && pattern.redriveAssumes ? [pattern.redriveAssumes] : []),
      ...scenario.assumes,
    ],
    notCovered: [
      ...without.map(([name, words]) => (wanted.has(name) ? `${words} (nothing here can suffer them)` : words)),
      ...notCovered,
    ],
  };
}
