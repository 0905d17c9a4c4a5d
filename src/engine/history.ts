/** Plain data as JSON knows it: all that a history holds. */
export type Json = null | boolean | number | string | readonly Json[] | { readonly [key: string]: Json };

/** An error as a history keeps it. There is no stack: it differs from process to process. */
export interface Failure {
  readonly name: string;
  readonly message: string;
  readonly code?: string;
}

export interface RetryPolicy {
  /** Wait before the second attempt, in ms. Default 1,000. */
  readonly initialIntervalMs?: number;
  /** Factor from one wait to the next. Default 2. */
  readonly backoffCoefficient?: number;
  /** Longest wait, in ms. Default 100 times the first. */
  readonly maximumIntervalMs?: number;
  /** Attempts in all, the first one counted. Default: no end. */
  readonly maximumAttempts?: number;
  /** Names of errors (`error.name`) that are not tried again. */
  readonly nonRetryableErrors?: readonly string[];
}

export interface ActivityOptions {
  /** How long one attempt may take, in ms. Default: no limit. */
  readonly startToCloseTimeoutMs?: number;
  readonly retry?: RetryPolicy;
}

/** What a decision asks for. `seq` counts activities and timers of one execution from 1, in the order of their calls. */
export type Command =
  | { kind: 'activity'; seq: number; name: string; args: readonly Json[]; options: ActivityOptions }
  | { kind: 'timer'; seq: number; durationMs: number }
  | { kind: 'cancel-timer'; seq: number }
  | { kind: 'patch'; id: string; deprecated: boolean }
  | { kind: 'complete'; result?: Json }
  | { kind: 'fail'; failure: Failure };

/** One entry of the append-only history. `at` is in ms since 1970 and never runs backwards within a history. */
export type HistoryEvent =
  | { type: 'started'; at: number; id: string; workflow: string; seed: string; input?: Json }
  /** What the code decided after it had seen every event before this one. */
  | { type: 'decided'; at: number; commands: readonly Command[] }
  | { type: 'activity-completed'; at: number; seq: number; result?: Json }
  /** An attempt failed and another one follows at `retryAt`. */
  | { type: 'attempt-failed'; at: number; seq: number; attempt: number; failure: Failure; retryAt: number }
  | { type: 'activity-failed'; at: number; seq: number; attempt: number; failure: Failure }
  | { type: 'timer-fired'; at: number; seq: number }
  | { type: 'signaled'; at: number; name: string; args: readonly Json[] };

export type History = readonly HistoryEvent[];

/** Limits of one execution; past one of them the execution is blocked with the code `history-limit`. */
export const MAX_HISTORY_EVENTS = 50_000;
