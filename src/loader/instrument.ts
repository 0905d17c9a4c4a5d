/** Code that counts, and what it counts in: its `COUNTERS`. */
export interface Instrumented {
  readonly code: string;
  readonly counters: unknown;
}

/** Puts counters into the compiled code of a file of the user's; undefined: it stays as it is. */
export type Instrument = (compiled: {
  readonly file: string;
  readonly code: string;
  readonly source: string;
}) => Instrumented | undefined;

/** The name by which the code of a file reaches its counters. */
export const COUNTERS = '__crashwise_counters';
