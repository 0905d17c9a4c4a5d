import { sep } from 'node:path';
import { CrashwiseError } from '../engine/index.js';
import type { SimulationViolation, StoryStep } from '../results/index.js';
import type { SimulatorErrorCode } from './errors.js';
import type { Violation } from './explore/findings.js';
import { placeAt } from './place-at.js';
import { isPump } from './pump.js';
import { replaySchedule, type Replay } from './replay-schedule.js';
import { roundText } from './round.js';
import { formatSchedule, type LifePlan } from './schedule.js';
import { tellStory } from './story.js';
import { hasEnded } from './trace.js';
import { Unsteady } from './unsteady.js';
import type { World } from './world.js';

/** Where people go on reading, if the scenario does not say it better. */
const PAGES = {
  twice: 'docs/errors/charged-twice.md',
  never: 'docs/errors/never-ends.md',
  round: 'docs/errors/never-ends.md',
} as const;
const HINTS = {
  twice: 'give the call a key that is made from what survives the process, and a service that refuses a known key',
  never: 'let something look at every state that waits: a sweeper over all of them, or a hand-on in the same commit',
  round: 'give the round an end: a limit of tries, and then another way, which parks the work or undoes what was done',
} as const;

const OTHERWISE: readonly string[] = ['schedule-misfit', 'life-endless'] satisfies SimulatorErrorCode[];

/** A violation as the result tells it: the schedule is run again, with the user's lines. */
export async function explain(world: World, violation: Violation): Promise<SimulationViolation> {
  const { scenario, pattern } = world;
  const { property, kind, crashes, faults } = violation;
  const schedule = formatSchedule(violation.schedule);
  const replay = await runAgain(world, violation, schedule);
  const broken = replay.breaches.find(({ breach }) => breach.property === property);
  if (!broken) {
    throw new Unsteady(`Run again, ${schedule} does not break ${property}.`);
  }
  const pump = await isPump(world, violation);
  const { steps, pointOfNoReturn } = await tellStory(world, replay, violation);
  const place = placeOf(replay, broken.moment?.location);
  const last = replay.lives.at(-1)!;
  // What is broken at a moment has happened too often; what is broken at rest never happened.
  const how = broken.moment ? 'twice' : last.circles ? 'round' : 'never';
  const more = how === 'round' ? ` ${roundText(last.moments, (state) => world.views.key(state))}` : '';
  return {
    property,
    kind,
    sentence: withoutDirectory(violation.sentence + more) + (pump ? ' Each crash there does it once more.' : ''),
    ...(pump ? { pump } : {}),
    crashes,
    faults,
    schedule,
    story: shownSteps(steps),
    ...(pointOfNoReturn === undefined ? {} : { pointOfNoReturn }),
    ...(place === undefined ? {} : { location: place }),
    ...(await worldsOf(world, replay, violation.schedule.lives.at(-1)!)),
    reproduce: {
      command: `npx crashwise simulate ${scenario.name} --schedule ${forShell(schedule)}`,
      test: [
        `test(${literal(`${property}: ${pattern.name} survives ${schedule}`)}, async () => {`,
        `  const { runs } = await simulate({ scenarios: [scenario], schedule: ${literal(schedule)} });`,
        '  const broken = runs.flatMap(({ violations, expectedProperties }) =>',
        `    violations.filter(({ property }) => property === ${literal(property)} || !expectedProperties.includes(property)),`,
        '  );',
        '  expect(broken.map(({ sentence }) => sentence)).toEqual([]);',
        '});',
      ].join('\n'),
    },
    // What the scenario advises is for what rests half-way.
    hint: (how === 'round' ? undefined : scenario.hints?.[property]) ?? HINTS[how],
    page: scenario.pages?.[property] ?? PAGES[how],
  };
}

// It was run before: if it does not fit now, the schedule is not to blame.
async function runAgain(world: World, { schedule, property }: Violation, text: string): Promise<Replay> {
  try {
    return await replaySchedule(world, schedule, property);
  } catch (error) {
    if (!CrashwiseError.is(error) || !OTHERWISE.includes(error.code)) throw error;
    throw new Unsteady(`Run again, ${text} goes otherwise. ${error.message}`, { cause: error });
  }
}

/** Steps as the result holds them: the directory of this machine is nobody's business. */
export function shownSteps(steps: readonly StoryStep[]): StoryStep[] {
  return steps.map((step) => ({ ...step, text: withoutDirectory(step.text) }));
}

function withoutDirectory(text: string): string {
  return text.replaceAll(process.cwd() + sep, '');
}

/** Where it bites: the call that did too much, or the one at which the last crash cut the flow off. */
function placeOf({ lives }: Replay, broken: string | undefined): { file: string; line: number } | undefined {
  return placeAt(broken ?? lives.findLast(({ crash }) => crash)?.crash?.location);
}

/** The world without a crash, and as the last life leaves it; where that never rests, as it is at the breach. */
async function worldsOf(
  world: World,
  { lives }: Replay,
  plan: LifePlan,
): Promise<Pick<SimulationViolation, 'expectedWorld' | 'actualWorld'>> {
  const { start, end } = lives.at(-1)!;
  const undisturbed = await world.life(world.initial, { choices: [], faults: [] });
  const last = await world.life(start, plan);
  return {
    expectedWorld: { ...world.services(undisturbed.rest) },
    actualWorld: { ...world.services(hasEnded(last) ? last.rest : end) },
  };
}

function literal(text: string): string {
  return `'${text.replaceAll(/['\\]/g, '\\$&').replaceAll('\n', String.raw`\n`)}'`;
}

/** Quoted where a shell would read something into it. */
function forShell(text: string): string {
  return /^[\w.:%+/@-]*$/.test(text) ? text : `'${text}'`;
}
