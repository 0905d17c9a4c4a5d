/** What a crash can hit of a call: not yet sent, sent, done at the other end, answered. */
export type Phase = 'before' | 'in-flight' | 'landed' | 'acknowledged';

export const PHASES: readonly Phase[] = ['before', 'in-flight', 'landed', 'acknowledged'];

/** A crash point: the n-th call of a site within one life, and how far it had got. */
export interface Point {
  readonly site: string;
  /** From 1. */
  readonly occurrence: number;
  readonly phase: Phase;
}
