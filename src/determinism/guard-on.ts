import { redrawing } from './drawn.js';
import type { Blamed } from './blame.js';
import type { Feed } from './feed/feed.js';
import { play } from './play.js';
import { SOURCES } from './surroundings/sources.js';
import type { Target } from './target.js';

/** What the guard of the engine does with a divergence. */
export type GuardAnswer = 'recorded' | 'refused' | 'unseen';

/**
 * Runs what diverged once more with the guard as the engine sets it: it records a value, so that nothing differs any more,
 * it refuses the call, or it sees nothing of it.
 */
export async function guardOn(
  { target, plan }: { readonly target: Target; readonly plan: Feed },
  { causes, drawn }: Blamed,
): Promise<GuardAnswer> {
  const perturbed = new Set(causes.length > 0 ? causes.map(({ source }) => source) : SOURCES);
  const draws = redrawing(drawn, plan);
  const { recording, diverged } = await play({ target, plan, draws, perturbed, guard: 'guarded' });
  const blocked = diverged?.error ?? recording.blocked;
  if (blocked?.code === 'ambient-call') return 'refused';
  return diverged ? 'unseen' : 'recorded';
}
