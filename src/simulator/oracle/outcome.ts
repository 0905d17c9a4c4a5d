import type { Mark } from '../../results/index.js';
import { effectsIn } from '../ledger.js';
import type { DurableState } from '../state.js';
import type { World } from '../world.js';
import { hasEnded, type Trace } from '../trace.js';
import { brokenEffects, missedBy } from './breach.js';

/** From best to worst. */
const MARKS: readonly Mark[] = ['once', 'refused', 'twice-allowed', 'twice', 'never-ends'];

export function worst(marks: readonly Mark[]): Mark {
  return MARKS[Math.max(0, ...marks.map((mark) => MARKS.indexOf(mark)))]!;
}

/** What a run has come to. */
export function markOf(world: World, trace: Trace): Mark {
  const { rest } = trace;
  if (missedBy(world, trace).length > 0) return 'never-ends';
  if (brokenEffects(world, rest).length > 0) return 'twice';
  const { repeated, refused } = world.ledger(rest);
  if (repeated.length > 0) return 'twice-allowed';
  return effectsIn(refused, 1).size > 0 ? 'refused' : 'once';
}

/** From a state that steps side by side follow, the lives may be without number. */
const MAX_LIVES = 2_000;

/**
 * Whether every life from this state, left to itself, ends with the property broken: the point of no return. Undefined
 * if there are too many to say.
 */
export async function alwaysBreaks(world: World, state: DurableState, property: string): Promise<boolean | undefined> {
  let lives = 0;
  for await (const trace of world.lives(state)) {
    lives += 1;
    if (lives > MAX_LIVES) return undefined;
    if (trace.end === 'merged') continue; // It goes on as another run does.
    if (!hasEnded(trace)) return false; // Nobody knows what it comes to.
    const breaches = [...brokenEffects(world, trace.rest), ...missedBy(world, trace)];
    if (!breaches.some((breach) => breach.property === property)) return false;
  }
  return true;
}
