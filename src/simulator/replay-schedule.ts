import { CrashwiseError } from '../engine/index.js';
import { simulatorError } from './errors.js';
import { brokenEffects, brokenInvariants, missedBy, type Breach } from './oracle/breach.js';
import { Refinement } from './oracle/refinement.js';
import type { LifePlan, Schedule } from './schedule.js';
import type { Moment } from './moment.js';
import { isAt } from './point.js';
import type { DurableState } from './state.js';
import { hasEnded, type Trace } from './trace.js';
import type { World } from './world.js';

/** One life of a replayed schedule, up to where it was cut, or to its rest. */
export interface ReplayedLife {
  readonly start: DurableState;
  readonly moments: readonly Moment[];
  /** The moment of the crash, which is the last one; undefined for the life that came to rest. */
  readonly crash: Moment | undefined;
  readonly end: DurableState;
  /** It does not rest: it goes round like this for ever. */
  readonly circles: boolean;
}

export interface Replay {
  readonly lives: readonly ReplayedLife[];
  /** What the last life breaks, in the order in which it does, each with its moment, or undefined for its rest. */
  readonly breaches: readonly { readonly breach: Breach; readonly moment: Moment | undefined }[];
}

/**
 * Runs a schedule, with the user's line for each call. Each life is followed up to its crash, and the last one to its
 * rest or, with `property`, to where that is broken. Throws `schedule-misfit` where it names what does not happen, and
 * `life-endless` if the last life neither rests nor breaks anything.
 */
export async function replaySchedule(world: World, schedule: Schedule, property?: string): Promise<Replay> {
  const lives: ReplayedLife[] = [];
  let state = world.initial;
  let rests = false;
  let last: Trace | undefined;
  for (const [index, plan] of schedule.lives.entries()) {
    const { crash } = plan;
    const until = ({ point, state: now }: Moment): boolean =>
      crash
        ? isAt(point, crash)
        : [...brokenEffects(world, now), ...brokenInvariants(world, now)].some(
            (breach) => breach.property === property,
          );
    const trace = await lifeOf(world, state, plan, index, until);
    rests = hasEnded(trace);
    last = trace;
    if (crash && trace.end !== 'stopped') {
      const sites = [...new Set(trace.moments.map(({ point }) => point.site))].join(', ');
      const what = `${crash.site}${crash.occurrence > 1 ? `#${crash.occurrence}` : ''}.${crash.phase}`;
      throw simulatorError('schedule-misfit', `Life ${index + 1} never comes to ${what}. It comes to: ${sites}.`);
    }
    const end = rests ? trace.rest : trace.moments.at(-1)!.state;
    const circles = trace.end === 'circle';
    lives.push({ start: state, moments: trace.moments, crash: crash && trace.moments.at(-1), end, circles });
    state = end;
  }
  const breaches = [...breachesOf(world, lives.at(-1)!, rests ? last : undefined)];
  if (breaches.length === 0 && rests && lives.length > 1 && world.scenario.outcome) {
    const otherwise = (await Refinement.of(world)).breach(lives.at(-1)!.end);
    if (otherwise) breaches.push({ breach: otherwise, moment: undefined });
  }
  if (breaches.length === 0 && !rests) {
    throw simulatorError('life-endless', `Life ${lives.length} breaks nothing so far, and does not come to rest.`);
  }
  return { lives, breaches };
}

async function lifeOf(
  world: World,
  state: DurableState,
  plan: LifePlan,
  index: number,
  until: (moment: Moment) => boolean,
): Promise<Trace> {
  const misfit = (what: string): Error => simulatorError('schedule-misfit', `Life ${index + 1} ${what}`);
  try {
    const trace = await world.life(state, plan, { locate: true, until });
    // Followed up to a breach, it had no need of the choices that come after.
    if (!trace.misfit || (trace.end === 'stopped' && !plan.crash)) return trace;
    throw misfit(`${trace.misfit}.`);
  } catch (error) {
    // The same words as for a life that was run before and now goes otherwise; here it is the schedule that is at fault.
    if (CrashwiseError.is(error) && error.code === 'scenario-unsteady') throw misfit(`cannot go so: ${error.message}`);
    throw error;
  }
}

function breachesOf(world: World, life: ReplayedLife, ended: Trace | undefined): Replay['breaches'] {
  const found = new Map<string, Replay['breaches'][number]>();
  for (const moment of life.moments) {
    for (const breach of [...brokenEffects(world, moment.state), ...brokenInvariants(world, moment.state)]) {
      if (!found.has(breach.property)) found.set(breach.property, { breach, moment });
    }
  }
  for (const breach of ended ? missedBy(world, ended) : []) {
    if (!found.has(breach.property)) found.set(breach.property, { breach, moment: undefined });
  }
  return [...found.values()];
}
