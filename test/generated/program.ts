import type { RetryPolicy } from '../../src/engine/index.js';

// Workflow programs as data. They are run twice: by `interpret.ts` as workflow code on the engine, and by `model.ts`,
// which knows neither the engine nor promises.

export const SIGNALS = ['x', 'y'] as const;
export type SignalName = (typeof SIGNALS)[number];

export const POLICIES = {
  unbounded: {},
  three: { maximumAttempts: 3, initialIntervalMs: 40_000, backoffCoefficient: 3, maximumIntervalMs: 100_000 },
  once: { maximumAttempts: 1 },
  picky: { maximumAttempts: 5, initialIntervalMs: 7_000, nonRetryableErrors: ['FatalError'] },
} as const satisfies Record<string, RetryPolicy>;

/** What goes into an argument. `last` is the result that arrived last, in whichever branch. */
export type Expression =
  { kind: 'constant'; value: number } | { kind: 'last' | 'received' | 'now' | 'random' | 'uuid' };

export interface Call {
  readonly kind: 'call';
  readonly label: number;
  /** `notify` returns nothing. */
  readonly name: 'fetch' | 'store' | 'notify';
  readonly policy: keyof typeof POLICIES;
  /** So many attempts fail before one succeeds. */
  readonly fails: number;
  readonly error: 'Error' | 'FatalError';
  /** Virtual time that an attempt takes; 0: it ends as soon as it is its turn. */
  readonly slowMs: number;
  readonly arg: Expression;
}

export type Test =
  { kind: 'last-even' } | { kind: 'received'; signal: SignalName; atLeast: number } | { kind: 'random' };

export type Block = readonly Statement[];

export type Statement =
  | Call
  /** Begins a call without waiting for it; a later `join` may. */
  | { readonly kind: 'start'; readonly call: Call }
  | { readonly kind: 'join'; readonly index: number }
  | { readonly kind: 'all' | 'race' | 'settled'; readonly label: number; readonly branches: readonly Block[] }
  | { readonly kind: 'loop'; readonly times: number; readonly body: Block }
  | { readonly kind: 'sleep'; readonly label: number; readonly ms: number }
  /** Until `more` signals have been handled since now. Sets a handler if there is none yet: late, so others waited. */
  | {
      readonly kind: 'wait';
      readonly label: number;
      readonly signal: SignalName;
      readonly more: number;
      readonly timeoutMs: number | null;
    }
  /**
   * With a call, the handler is async and its call runs beside the rest. With `relay`, it puts another one in its own
   * place with its first signal, as a state machine does.
   */
  | {
      readonly kind: 'handler';
      readonly label: number;
      readonly signal: SignalName;
      readonly call: Call | null;
      readonly relay?: boolean;
    }
  | { readonly kind: 'try'; readonly label: number; readonly body: Block; readonly rescue: Block }
  | { readonly kind: 'if'; readonly test: Test; readonly yes: Block; readonly no: Block }
  /** A change of the code: `no` is the old way, `yes` the new one. */
  | { readonly kind: 'patch'; readonly id: string; readonly yes: Block; readonly no: Block }
  | { readonly kind: 'throw'; readonly label: number };

/**
 * Which code runs a `patch`: before the change (0: only `no`), with `patched()` (1), with `deprecatePatch()` (2), or
 * with the marker gone (3: only `yes`).
 */
export type Version = 0 | 1 | 2 | 3;

export interface SignalPlan {
  readonly name: SignalName;
  /** Sent with the commit after which the history holds so many events that are neither signals nor decisions. */
  readonly at: number;
  /** `before`: just before that commit lands, so that it conflicts. */
  readonly mode: 'before' | 'after';
}

/** A program and everything about its run that the program does not fix. */
export interface Trial {
  readonly program: Block;
  readonly version: 0 | 1 | 2;
  /** The code is deployed anew, one version on, once the history holds so many such events. */
  readonly upgradeAt: number | null;
  readonly signals: readonly SignalPlan[];
  /** Fixes the order of completions, what activities return, the execution's random numbers and where lives end. */
  readonly seed: number;
}

/** The blocks inside a statement. */
export function blocksOf(statement: Statement): readonly Block[] {
  switch (statement.kind) {
    case 'all':
    case 'race':
    case 'settled':
      return statement.branches;
    case 'loop':
      return [statement.body];
    case 'try':
      return [statement.body, statement.rescue];
    case 'if':
    case 'patch':
      return [statement.yes, statement.no];
    default:
      return [];
  }
}

export function* statementsOf(block: Block): Generator<Statement> {
  for (const statement of block) {
    yield statement;
    for (const inner of blocksOf(statement)) yield* statementsOf(inner);
  }
}

/** The call that a statement makes itself. */
export function callOf(statement: Statement): Call | undefined {
  if (statement.kind === 'call') return statement;
  return statement.kind === 'start' || statement.kind === 'handler' ? (statement.call ?? undefined) : undefined;
}

export function callsOf(block: Block): ReadonlyMap<number, Call> {
  const calls = Array.from(statementsOf(block), callOf).filter((call) => call !== undefined);
  return new Map(calls.map((call) => [call.label, call]));
}
