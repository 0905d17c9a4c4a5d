import type { Choice } from './choices.js';
import type { End } from './episode.js';
import type { Moment } from './moment.js';
import type { DurableState } from './state.js';

/** It has come to an end that can be judged: to rest, or to a circle. */
export function hasEnded({ end }: Trace): boolean {
  return end === 'rest' || end === 'circle';
}

/** What happened from one state, under some choices. */
export interface Trace {
  readonly moments: readonly Moment[];
  readonly choices: readonly Choice[];
  readonly end: End;
  /** The state in which it came to rest. */
  readonly rest: DurableState;
  /** What the plan wanted and the run did not come to, in words. */
  readonly misfit: string | undefined;
}
