import type { DurableState } from '../state.js';
import { timesDone } from '../ledger.js';
import type { Trace } from '../trace.js';
import type { World } from '../world.js';
import { yesOrNo } from '../yes-or-no.js';

/** A broken property of one state. */
export interface Breach {
  readonly property: string;
  readonly kind: 'ledger' | 'invariant' | 'liveness' | 'refinement';
  readonly sentence: string;
}

/** Effects that have happened too often in this state: no way on makes that good again. */
export function brokenEffects(world: World, state: DurableState): readonly Breach[] {
  return world.ledger(state).repeated.flatMap(({ effect, key }) => {
    const step = world.stepOf(effect);
    if (step?.class !== 'exactly-once' && step?.class !== 'at-most-once') return [];
    return [{ property: step.property, kind: 'ledger' as const, sentence: step.twice(key) }];
  });
}

/** Invariants of the scenario that do not hold in this state. */
export function brokenInvariants(world: World, state: DurableState): readonly Breach[] {
  const { invariants = [] } = world.scenario;
  if (invariants.length === 0) return [];
  const outside = world.services(state);
  return invariants
    .filter(({ property, holds }) => !yesOrNo(holds(outside), property))
    .map(({ property, broken }) => ({ property, kind: 'invariant', sentence: broken(outside) }));
}

/** What a run has missed that came to rest, or goes round in a circle: its goal, effects, or the rest itself. */
export function missedBy(world: World, trace: Trace): readonly Breach[] {
  const missed = missedGoal(world, trace);
  if (missed.length > 0 || !world.judgesBy('liveness') || !world.isRestless(trace)) return missed;
  const { goal } = world.scenario;
  return [
    {
      property: goal.property,
      kind: 'liveness',
      sentence: 'It never comes to rest: each round changes something outside once more.',
    },
  ];
}

/** What a run that rests here has missed: the goal, and effects that must happen and did not. */
export function missedGoal(world: World, { end, rest: state }: Pick<Trace, 'end' | 'rest'>): readonly Breach[] {
  const { goal, steps, keys } = world.scenario;
  const ledger = world.ledger(state);
  const breaches: Breach[] = [];
  // To go round and round is not to have ended.
  const misses = world.judgesBy(end === 'circle' ? 'liveness' : 'end-state') && !world.reached(state);
  if (misses || (world.judgesBy('liveness') && world.pattern.stuck?.(state))) {
    breaches.push({ property: goal.property, kind: 'liveness', sentence: goal.missed(world.pattern.where(state)) });
    return breaches; // What is still missing is a consequence of that.
  }
  if (!world.judgesBy('ledger')) return [];
  for (const step of steps) {
    if (step.class === 'at-most-once' || step.class === 'read') continue;
    for (const key of keys) {
      if (timesDone(ledger, step.effect, key) > 0) continue;
      breaches.push({ property: step.property, kind: 'ledger', sentence: step.never(key) });
    }
  }
  return breaches;
}

/** Effects that have happened twice where their class allows it. */
export function repeatedEffects(world: World, state: DurableState): readonly string[] {
  const repeated = new Set(world.ledger(state).repeated.map(({ effect }) => effect));
  return [...repeated].filter((effect) => world.stepOf(effect)?.class === 'at-least-once');
}
