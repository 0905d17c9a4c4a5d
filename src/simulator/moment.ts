import type { Fault } from './fault.js';
import type { Called, Site } from './life.js';
import type { Phase, Point } from './point.js';
import type { DurableState } from './state.js';

/** One moment of a run at which it may be cut, with what a cut there leaves. There are very many. */
export class Moment {
  readonly phase: Phase;
  readonly state: DurableState;
  /** What happened with this moment, in words; empty if nothing is to be told. */
  readonly text: string;
  /** What went wrong with this moment, other than a crash. */
  readonly fault: Fault | undefined;
  /** Whose it is: 1, or 2 for the life that takes over from one that stands still. */
  readonly life: number;
  readonly #called: Called;

  constructor(called: Called, phase: Phase, state: DurableState, text: string, fault: Fault | undefined, life: number) {
    this.#called = called;
    this.phase = phase;
    this.state = state;
    this.text = text;
    this.fault = fault;
    this.life = life;
  }

  get site(): Site {
    return this.#called.site;
  }

  get point(): Point {
    const { site, occurrence } = this.#called;
    const point = { site: site.name, occurrence, phase: this.phase };
    return this.life === 1 ? point : { ...point, life: this.life };
  }

  /** Whether it is the same call, as far, with the same told of it: in whatever state, and whatever went wrong. */
  looksLike(other: Moment): boolean {
    const [own, its] = [this.#called, other.#called];
    const isSameCall = own.site.name === its.site.name && own.occurrence === its.occurrence && this.life === other.life;
    return isSameCall && this.phase === other.phase && own.site.text === its.site.text && this.text === other.text;
  }

  /** The user's line that asked, if the run was made with `locate`. */
  get location(): string {
    return this.#called.location;
  }
}
