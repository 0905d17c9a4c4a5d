import type { Drawn } from './draws.js';
import type { Violation } from './findings.js';

interface Check {
  readonly seed: number;
  readonly runs: number;
  /** What a run breaks; with `only`, whether it breaks this property. */
  readonly breaks: (drawn: Drawn, only?: string) => Promise<Violation | undefined>;
  /** Asked before each run. */
  readonly stopped: () => boolean;
}

interface Checked {
  /** Runs that were drawn and executed; those that shrink a violation are not counted. */
  readonly executed: number;
  /** The violation that was found first, shrunk. */
  readonly failed: Violation | undefined;
}

const MAX_CRASHES = 8;
const MAX_DRAWS = 100;
/** What is left after so many attempts is made minimal by other means. */
const MAX_SHRINKS = 150;

/** Loads fast-check, which takes a while: only a random search needs it. */
export async function drawnRuns(): Promise<(check: Check) => Promise<Checked>> {
  const { default: fc } = await import('fast-check');
  const natural = fc.nat({ max: 0xffff });
  const draws = fc.array(natural, { maxLength: MAX_DRAWS, size: 'max' });
  const drawn = fc.record({
    mix: fc.record({ faults: natural, faultRarity: natural, orderRarity: natural }),
    lives: fc.array(fc.record({ cut: natural, draws }), { maxLength: MAX_CRASHES, size: 'max' }),
    last: draws,
  });
  return async ({ seed, runs, breaks, stopped }) => {
    let failed: Violation | undefined;
    let thrown: { readonly error: unknown } | undefined;
    let [executed, shrinks] = [0, 0];
    const property = fc.asyncProperty(drawn, async (value) => {
      if (thrown || stopped()) return true;
      if (failed) shrinks += 1;
      else executed += 1;
      if (shrinks > MAX_SHRINKS) return true;
      try {
        const found = await breaks(value, failed?.property);
        failed = found ?? failed;
        return found === undefined;
      } catch (error) {
        thrown = { error }; // The scenario is at fault, and not a property broken: nothing to shrink.
        return true;
      }
    });
    await fc.check(property, { seed, numRuns: runs, endOnFailure: false });
    if (thrown) throw thrown.error;
    return { executed, failed };
  };
}
