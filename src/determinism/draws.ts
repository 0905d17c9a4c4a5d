import type { Json } from '../engine/index.js';

/** All that is open in a run: what it is given, and what happens when. */
export interface Draws {
  /** One of so many; 0 is the plainest. `key` names what is drawn, so that it can be drawn again. */
  pick(key: string, count: number): number;
  value(key: string, of: ValueOf): Json | undefined;
}

/** Which value is meant. */
export type ValueOf = (
  | { readonly kind: 'input' }
  | { readonly kind: 'result'; readonly activity: string; readonly args: readonly Json[] }
  | { readonly kind: 'signal'; readonly name: string }
) & {
  /** For another workflow, that only leaves something behind: it is not what is searched. */
  readonly isAside?: boolean;
};

/** Draws under names of their own, for a run beside. */
export function within(draws: Draws, prefix: string): Draws {
  return {
    pick: (key, count) => draws.pick(`${prefix}/${key}`, count),
    value: (key, of) => draws.value(`${prefix}/${key}`, { ...of, isAside: true }),
  };
}
