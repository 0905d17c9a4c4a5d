import type { Arbitrary } from 'fast-check';

// oxlint-disable-next-line typescript/no-explicit-any -- of any activity's arguments
type Answer = (...args: any[]) => unknown;

/**
 * Where a value comes from: drawn from an arbitrary, or from a schema (zod, or any Standard Schema), computed from the
 * arguments of the call, or the same each time.
 */
export type ValueSource = Arbitrary<unknown> | Answer | string | number | boolean | null | undefined | object;

/**
 * What a search for non-determinism feeds a workflow with. What is left out is found in other ways, and the report says
 * for each how.
 *
 * @example
 * import fc from 'fast-check';
 * import type { FuzzPlan } from 'crashwise/determinism';
 *
 * export const fuzz: FuzzPlan = {
 *   input: fc.record({ id: fc.uuid(), amount: fc.nat(500) }),
 *   results: { chargeCard: (id: string) => ({ receipt: `r-${id}` }) },
 *   failures: { chargeCard: ['CardDeclined'], sendMail: [] },
 *   signals: { cancel: fc.constant([]) },
 * };
 */
export interface FuzzPlan {
  /** The input of the workflow. */
  readonly input?: ValueSource;
  /** What activities answer, by their names. A function is given the arguments of the call. */
  readonly results?: Readonly<Record<string, ValueSource>>;
  /** Names of errors with which activities fail for good. Default: `Error`; an empty list: it never fails. */
  readonly failures?: Readonly<Record<string, readonly string[]>>;
  /** Signals that may come at any time, or never, by their names: lists of arguments. */
  readonly signals?: Readonly<Record<string, ValueSource>>;
}
