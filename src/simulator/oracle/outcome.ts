import type { Mark } from '../../results/index.js';
import { effectsIn } from '../ledger.js';
import type { DurableState } from '../state.js';
import type { World } from '../world.js';
import { hasEnded, type Trace } from '../trace.js';
import { brokenEffects, brokenInvariants, missedBy } from './breach.js';
import type { Refinement } from './refinement.js';

/** From best to worst. */
const MARKS: readonly Mark[] = [
  'once',
  'refused',
  'twice-allowed',
  'twice',
  'invariant',
  'other-outcome',
  'never-ends',
];

export function worst(marks: ReadonlySet<Mark>): Mark {
  return MARKS.findLast((mark) => marks.has(mark)) ?? 'once';
}

/** Those that break a property. */
export function brokenIn(marks: ReadonlySet<Mark>): Mark[] {
  return MARKS.slice(MARKS.indexOf('twice')).filter((mark) => marks.has(mark));
}

/** What a run has come to: what it breaks, or else how far it is from a run without a crash. */
export function marksOf(world: World, trace: Trace, refinement: Refinement | undefined): ReadonlySet<Mark> {
  const marks = new Set<Mark>();
  const states = new Set(trace.moments.map(({ state }) => state));
  if ([...states].some((state) => brokenInvariants(world, state).length > 0)) marks.add('invariant');
  if (trace.end === 'merged') return marks; // It goes on as another run does.
  const { rest } = trace;
  if (missedBy(world, trace).length > 0) marks.add('never-ends');
  if (brokenEffects(world, rest).length > 0) marks.add('twice');
  // What is missed, or was done too often, needs no comparison to be wrong.
  else if (!marks.has('never-ends') && refinement?.breach(rest)) marks.add('other-outcome');
  if (marks.size > 0) return marks;
  const { repeated, refused } = world.ledger(rest);
  if (repeated.length > 0) return marks.add('twice-allowed');
  return marks.add(effectsIn(refused, 1).size > 0 ? 'refused' : 'once');
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
