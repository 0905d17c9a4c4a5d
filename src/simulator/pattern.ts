import type { Addition, Extended } from './additions.js';
import type { Life, Site } from './life.js';
import type { Endings } from './scenario.js';
import type { DurableState, Resource } from './state.js';
import type { Surroundings } from './surroundings.js';

/** What a pattern is given in each life. */
export interface Machine {
  readonly life: Life;
  readonly surroundings: Surroundings;
  // oxlint-disable-next-line typescript/no-explicit-any -- the pattern was built for the services of its scenario
  readonly services: any;
  /** Which endings the scenario takes for good. */
  readonly endings: Endings;
}

/** Whoever is outside and may act at any moment, or never. What they have done is durable. */
export interface Senders {
  /** How many different things they may do now. */
  readonly ways: number;
  /** Does one of them, from 0. Returns what it is, for the story. */
  send(index: number, now: number, note: (text: string) => void): Site;
}

/** The machinery that runs the flow: what of it is durable, and what its process does from start to crash. */
export interface Pattern {
  readonly name: 'durable' | 'queue' | 'status-column' | 'accidental' | 'reconciler';
  /** What was really run: a model of the machinery, or code as it runs in production. */
  readonly subject: 'model' | 'code';
  /** One line for the screen. */
  readonly title: string;
  /** Fresh resources, at the state before anything happened. */
  resources(): readonly Resource[];
  /** Starts the process over these resources, which hold what the last life left. Returns at once. */
  start(machine: Machine, resources: readonly Resource[]): void;
  /** Those who act from outside on these resources. Default: nobody. */
  senders?(resources: readonly Resource[]): Senders;
  /** True for a state that rests and still is no good end: an execution that is blocked, say. Default: false. */
  stuck?(state: DurableState): boolean;
  /** Where the flow stands, in words, for a story that ends too early. */
  where(state: DurableState): string;
  /** What the proof takes for granted about the machinery. */
  readonly assumes: readonly string[];
  /** What it takes for granted where the scenario says that what is parked is redriven. Only for patterns that park. */
  readonly redriveAssumes?: string;
  /** Names of what the views leave out, for the certificate. */
  readonly projections: readonly string[];
  /**
   * What the keys leave out and the code under test may depend on all the same, in words, seen in the states in which
   * lives came to rest: then nothing is proved.
   */
  hazards?(states: readonly DurableState[]): Promise<readonly string[]>;
  /** What can be added to it, and what it is then. See `withAdditions`. */
  readonly additions?: readonly Addition[];
  extend?(names: readonly string[]): Extended;
  /** The site that records the result of an effect together with handing on, if that is one commit. */
  readonly oneCommit: boolean;
}
