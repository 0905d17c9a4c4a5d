/** A piece of code that a run may go through or not. Positions are those of the compiled code. */
export interface Branch {
  /** Its counter: the functions, outermost first, before what is in them. */
  readonly id: number;
  readonly kind: 'function' | 'path';
  readonly start: number;
  readonly end: number;
  /** In the user's source, from 1. */
  readonly line: number;
}
