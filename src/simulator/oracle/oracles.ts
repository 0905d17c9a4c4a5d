/**
 * What judges a run. `end-state`: whether the goal is reached where it rests, as an ordinary test asks. `ledger`: how
 * often each effect happened. `invariants`: in every state. `liveness`: whether it comes to rest at all, and nothing is
 * stuck. `refinement`: whether a run without a crash could have come to the same.
 */
export const ORACLES = ['end-state', 'ledger', 'invariants', 'liveness', 'refinement'] as const;

export type Oracle = (typeof ORACLES)[number];
