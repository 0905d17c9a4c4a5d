import type { Life, LifeEnd, Moment } from './life.js';
import type { DurableState } from './state.js';

/** What one life did, from a state, under some choices. */
export interface Trace {
  readonly moments: readonly Moment[];
  readonly choices: Life['choices'];
  readonly end: LifeEnd;
  /** The state in which it came to rest. */
  readonly rest: DurableState;
}
