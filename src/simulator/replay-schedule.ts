import { simulatorError } from './errors.js';
import { brokenEffects, missedGoal, type Breach } from './oracle/breach.js';
import type { Schedule } from './schedule.js';
import type { Moment } from './life.js';
import type { DurableState } from './state.js';
import type { World } from './world.js';

/** One life of a replayed schedule, up to where it was cut, or to its rest. */
export interface ReplayedLife {
  readonly start: DurableState;
  readonly moments: readonly Moment[];
  /** The moment of the crash, which is the last one; undefined for the life that came to rest. */
  readonly crash: Moment | undefined;
  readonly end: DurableState;
}

export interface Replay {
  readonly lives: readonly ReplayedLife[];
  /** What the last life breaks, in the order in which it does, each with its moment, or undefined for its rest. */
  readonly breaches: readonly { readonly breach: Breach; readonly moment: Moment | undefined }[];
}

/** Runs a schedule, with the user's line for each call. Throws `schedule-misfit` where it names what does not happen. */
export async function replaySchedule(world: World, schedule: Schedule): Promise<Replay> {
  const lives: ReplayedLife[] = [];
  let state = world.initial;
  for (const [index, plan] of schedule.lives.entries()) {
    const trace = await world.life(state, plan.choices, { locate: true });
    if (trace.end !== 'rest') throw simulatorError('life-endless', `Life ${index + 1} does not come to rest.`);
    const { crash } = plan;
    const cut = crash
      ? trace.moments.findIndex(
          ({ point }) =>
            point.site === crash.site && point.occurrence === crash.occurrence && point.phase === crash.phase,
        )
      : -1;
    if (crash && cut < 0) {
      const sites = [...new Set(trace.moments.map(({ point }) => point.site))].join(', ');
      const what = `${crash.site}${crash.occurrence > 1 ? `#${crash.occurrence}` : ''}.${crash.phase}`;
      throw simulatorError('schedule-misfit', `Life ${index + 1} never comes to ${what}. It comes to: ${sites}.`);
    }
    const moments = crash ? trace.moments.slice(0, cut + 1) : trace.moments;
    const end = crash ? trace.moments[cut]!.state : trace.rest;
    lives.push({ start: state, moments, crash: crash ? trace.moments[cut] : undefined, end });
    state = end;
  }
  return { lives, breaches: breachesOf(world, lives.at(-1)!) };
}

function breachesOf(world: World, life: ReplayedLife): Replay['breaches'] {
  const found = new Map<string, Replay['breaches'][number]>();
  for (const moment of life.moments) {
    for (const breach of brokenEffects(world, moment.state)) {
      if (!found.has(breach.property)) found.set(breach.property, { breach, moment });
    }
  }
  for (const breach of life.crash ? [] : missedGoal(world, life.end)) {
    if (!found.has(breach.property)) found.set(breach.property, { breach, moment: undefined });
  }
  return [...found.values()];
}
