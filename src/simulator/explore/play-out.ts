import { planOf, type Choice, type Decider } from '../choices.js';
import { brokenEffects } from '../oracle/breach.js';
import type { Refinement } from '../oracle/refinement.js';
import type { LifePlan } from '../schedule.js';
import type { DurableState } from '../state.js';
import { hasEnded, type Trace } from '../trace.js';
import type { World } from '../world.js';
import { Findings } from './findings.js';

/** One life of a run that is made up as it goes. */
export interface Turn {
  readonly decider: Decider;
  /** Where the life is cut, as the index of a moment, once all of it has been seen; undefined: it is not. */
  cut(trace: Trace): number | undefined;
}

/** One life as it went, and what it was found to break, each as if the run had ended with this life. */
export interface Played {
  readonly start: DurableState;
  readonly trace: Trace;
  readonly findings: Findings;
  /** The index of the moment at which it was cut. */
  readonly cut: number | undefined;
  /** The life that was cut where this one starts. */
  readonly before: Played | undefined;
}

/**
 * Runs lives one after the other, each from the state in which the one before was cut. Each is judged to its end, as if
 * it had not been cut: so a run of four lives judges four schedules. Ends after a life that is not cut or breaks a count,
 * which no crash makes good again.
 */
export async function* playOut(
  world: World,
  turns: Iterable<Turn>,
  refinement: Refinement | undefined,
): AsyncGenerator<Played> {
  let start = world.initial;
  const path: LifePlan[] = [];
  let before: Played | undefined;
  for (const { decider, cut: cutOf } of turns) {
    const trace = await world.life(start, decider);
    const findings = judge(trace, path, new Findings(world, refinement));
    const cut = hasEnded(trace) ? cutOf(trace) : undefined;
    before = { start, trace, findings, cut, before };
    yield before;
    const moment = cut === undefined ? undefined : trace.moments[cut];
    if (!moment || brokenEffects(world, moment.state).length > 0) return;
    path.push({ ...planOf(choicesUpTo(trace, cut!)), crash: moment.point });
    start = moment.state;
  }
}

/** Moments that leave another state than the one before: a crash at any other is the same crash. */
export function distinctMoments({ moments }: Pick<Trace, 'moments'>): readonly number[] {
  return moments.flatMap(({ state }, index) => (state === moments[index - 1]?.state ? [] : [index]));
}

function judge(trace: Trace, path: readonly LifePlan[], findings: Findings): Findings {
  for (const index of distinctMoments(trace)) {
    findings.pass(trace.moments[index]!.state, path, () => choicesUpTo(trace, index));
  }
  if (hasEnded(trace)) findings.end(trace, path);
  return findings;
}

/** The lives that a crash cuts: at this moment, or at one of those after it that leave the same state. */
export function crashesAt({ trace, cut }: Played): readonly LifePlan[] {
  if (cut === undefined) return [];
  const { moments } = trace;
  const plans: LifePlan[] = [];
  for (let index = cut; moments[index]?.state === moments[cut]!.state; index += 1) {
    plans.push({ ...planOf(choicesUpTo(trace, index)), crash: moments[index]!.point });
  }
  return plans;
}

function choicesUpTo({ choices }: Trace, index: number): readonly Choice[] {
  return choices.filter(({ at }) => at <= index);
}
