import { emptyMap, entriesOf, valueAt, withValue, type Persistent } from './persistent.js';
import type { Resource } from './state.js';

/** How often an effect may happen for one logical key. */
export type EffectClass = 'exactly-once' | 'at-most-once' | 'at-least-once' | 'read';

/** Saturated: 2 means twice or more. */
export type Count = 0 | 1 | 2;

/** By effect (`cards.charge`) and logical key, as `effect key`: what happened outside, and how often. */
export interface LedgerState {
  readonly done: Persistent<Count>;
  /** Requests that the service knew already and did not carry out again. */
  readonly refused: Persistent<Count>;
  /** Entries of `done` that stand at 2, in the order in which they got there. */
  readonly repeated: readonly { readonly effect: string; readonly key: string }[];
  /** How many effects there were in all, not cut at anything. Only told: it is in no view. */
  readonly total: number;
}

/** The record of what happened outside, kept by the simulation: the process under test cannot read it. */
export class Ledger implements Resource<LedgerState> {
  readonly name = 'ledger';
  part: LedgerState = { done: emptyMap(), refused: emptyMap(), repeated: [], total: 0 };

  enter(effect: string, key: string, what: 'done' | 'refused'): void {
    const counts = this.part[what];
    const entry = `${effect} ${key}`;
    const before = valueAt(counts, entry) ?? 0;
    if (what === 'done') this.part = { ...this.part, total: this.part.total + 1 };
    if (before === 2) return;
    const { repeated } = this.part;
    this.part = {
      ...this.part,
      [what]: withValue<Count>(counts, entry, before === 0 ? 1 : 2),
      repeated: what === 'done' && before === 1 ? [...repeated, { effect, key }] : repeated,
    };
  }

  // What was refused has changed nothing in the world: it is told, and cannot matter for the future.
  view({ done }: LedgerState): unknown {
    return done;
  }
}

export function timesDone({ done }: LedgerState, effect: string, key: string): Count {
  return valueAt(done, `${effect} ${key}`) ?? 0;
}

/** The effects that happened, or were refused, at least so often. */
export function effectsIn(counts: Persistent<Count>, atLeast: Count): ReadonlySet<string> {
  const found = entriesOf(counts).filter(([, count]) => count >= atLeast);
  return new Set(found.map(([entry]) => entry.slice(0, entry.indexOf(' '))));
}
