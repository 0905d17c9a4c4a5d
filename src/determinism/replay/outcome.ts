import type { ReplayFinding, ReplayStatus } from '../../results/index.js';

/** A finding without the histories that it is counted in. */
export type FindingText = Omit<ReplayFinding, 'count' | 'examples'>;

/** A value as it was recorded, and as the code has it now. */
export interface ChangedValue {
  readonly recorded: unknown;
  readonly now: unknown;
}

/** A finding that a history shows; of a change, in which commands, and from what to what. */
export interface Shown {
  readonly signature: string;
  readonly commands?: readonly string[];
  readonly values?: readonly ChangedValue[];
}

/** What a history did at its first call for a patch. */
export interface PatchCall {
  readonly id: string;
  readonly call: 'patched' | 'deprecatePatch';
  /** Whether the history holds the marker, or goes on past its end and takes the new way. */
  readonly present: boolean;
  /** False: past the end of what is recorded, so that nothing is decided yet. */
  readonly recorded: boolean;
  /** `file:line:column`, or ''. */
  readonly location: string;
}

/** What became of one history, as plain data: it may come from another thread. */
export interface Outcome {
  readonly status: ReplayStatus;
  readonly shows: readonly Shown[];
  /** The texts of those that were not shown before. */
  readonly fresh: readonly FindingText[];
  readonly events: number;
  readonly warnings: readonly { readonly code: string; readonly message: string }[];
  /** What it holds, where that is asked for. */
  readonly holds?: HistoryHolds | undefined;
}

/** What is in a history, for what is said about many. */
export interface HistoryHolds {
  readonly startedAt: number;
  readonly isOpen: boolean;
  readonly events: Readonly<Record<string, number>>;
  readonly commands: Readonly<Record<string, number>>;
  /** The markers of patches: true for one of `deprecatePatch`. */
  readonly markers: Readonly<Record<string, boolean>>;
  readonly calls: readonly PatchCall[];
}

/** Which history it is. */
export interface HistoryName {
  readonly file: string;
  readonly line: number | null;
  readonly id: string;
  readonly workflow: string;
}
