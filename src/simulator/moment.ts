import type { Fault } from './fault.js';
import type { Site } from './life.js';
import type { Point } from './point.js';
import type { DurableState } from './state.js';

/** One moment of a run at which it may be cut, with what a cut there leaves. */
export interface Moment {
  readonly point: Point;
  readonly site: Site;
  readonly state: DurableState;
  /** What happened with this moment, in words; empty if nothing is to be told. */
  readonly text: string;
  /** What went wrong with this moment, other than a crash. */
  readonly fault: Fault | undefined;
  /** The user's line that asked, if the run was made with `locate`. */
  readonly location: string;
  /** Whose it is: 1, or 2 for the life that takes over from one that stands still. */
  readonly life: number;
}
