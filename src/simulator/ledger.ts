import type { Resource } from './state.js';

/** How often an effect may happen for one logical key. */
export type EffectClass = 'exactly-once' | 'at-most-once' | 'at-least-once' | 'read';

/** Counts of one effect for one logical key, saturated: 2 means twice or more. */
export interface LedgerEntry {
  readonly done: 0 | 1 | 2;
  /** Requests that the service knew already and did not carry out again. */
  readonly refused: 0 | 1 | 2;
}

/** Effects by name (`cards.charge`), then by logical key (`s1`). */
export type LedgerState = Readonly<Record<string, Readonly<Record<string, LedgerEntry>>>>;

/** The record of what happened outside, kept by the simulation: the process under test cannot read it. */
export class Ledger implements Resource<LedgerState> {
  readonly name = 'ledger';
  part: LedgerState = {};

  enter(effect: string, key: string, what: 'done' | 'refused'): void {
    const before = this.part[effect]?.[key] ?? { done: 0, refused: 0 };
    const after = { ...before, [what]: Math.min(before[what] + 1, 2) };
    if (after[what] === before[what]) return;
    this.part = { ...this.part, [effect]: { ...this.part[effect], [key]: after } };
  }

  // What was refused has changed nothing in the world: it is told, and cannot matter for the future.
  view(part: LedgerState): unknown {
    return Object.fromEntries(
      Object.entries(part).map(([effect, keys]) => [
        effect,
        Object.fromEntries(Object.entries(keys).map(([key, { done }]) => [key, done])),
      ]),
    );
  }
}
