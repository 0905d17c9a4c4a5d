import type { Scenario, Services } from 'crashwise/simulator';

/** The kinds of mistakes that the studies of real systems tell apart. */
export type Family =
  | 'recovery-wrong'
  | 'crash-detection'
  | 'double-resume'
  | 'retry-policy'
  | 'timeout-but-succeeded'
  | 'lost-acknowledgement'
  | 'lease-and-sweeper'
  | 'swallowed-error'
  | 'compensation'
  | 'versioning'
  | 'stale-read';

/** A bug that was put into a flow on purpose, and its twin in which one thing is repaired. */
export interface Bug<S extends Services = Services> {
  /** The name of its file. */
  readonly id: string;
  /** The name of its folder. */
  readonly family: Family;
  readonly pattern: Scenario['patterns'][number]['name'];
  /** The safety measure that is missing or wrong. No two bugs share pattern, measure and fault. */
  readonly measure: string;
  /** What has to go wrong for the bug to bite: `crash`, a name of `--faults`, `zombie`, or `none`: an order is enough. */
  readonly fault: string;
  /** The price of the shortest story: so many crashes and so many other faults. */
  readonly crashes: number;
  readonly faults: number;
  /** How many jobs or processes are at work at the same time. */
  readonly workers: number;
  /** Whether one run of the flow has steps side by side. */
  readonly parallel: boolean;
  /** The one property that breaks. */
  readonly breaks: string;
  /** Whether the shortest story leaves the services as the repaired twin may leave them: only the way there was wrong. */
  readonly invisibleAtEnd: boolean;
  /** Whose story it is. */
  readonly retells: { readonly what: string; readonly url: string };
  /** What may go wrong besides crashes while it is searched for; the same for the twin. */
  readonly search: {
    readonly faults?: readonly string[];
    readonly maxFaults?: number;
    readonly zombies?: boolean;
  };
  readonly buggy: Scenario<S>;
  readonly repaired: Scenario<S>;
}

/** Declares a seeded bug; it returns what it is given. */
export function defineBug<const S extends Services>(bug: Bug<S>): Bug {
  return bug as unknown as Bug;
}
