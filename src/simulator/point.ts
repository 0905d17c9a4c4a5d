/** What a crash can hit of a call: not yet sent, sent, done at the other end, answered. */
export type Phase = 'before' | 'in-flight' | 'landed' | 'acknowledged';

export const PHASES: readonly Phase[] = ['before', 'in-flight', 'landed', 'acknowledged'];

/** A crash point: the n-th call of a site within one process, and how far it had got. */
export interface Point {
  readonly site: string;
  /** From 1. */
  readonly occurrence: number;
  readonly phase: Phase;
  /** 2 for the process that has taken over from one that stands still, whose calls are counted anew. Default 1. */
  readonly life?: number;
}

/** Whether two points are one. */
export function isAt(point: Point, other: Point | undefined): boolean {
  return (
    point.site === other?.site &&
    point.occurrence === other.occurrence &&
    point.phase === other.phase &&
    (point.life ?? 1) === (other.life ?? 1)
  );
}
