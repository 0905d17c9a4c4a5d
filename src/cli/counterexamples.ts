import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { counterexampleName, counterexampleSchema, type Counterexample } from '../determinism/counterexample.js';
import type { DeterminismTarget } from '../results/index.js';
import { writeWhole } from './write-whole.js';

const FOLDER = join('.crashwise', 'counterexamples');

/** What earlier searches have found here. A file that cannot be read is talked of, and left as it is. */
export function savedCounterexamples(talk: (text: string) => void): readonly Counterexample[] {
  if (!existsSync(FOLDER)) return [];
  const names = readdirSync(FOLDER)
    .filter((name) => name.endsWith('.json'))
    .sort();
  return names.flatMap((name) => {
    try {
      return [counterexampleSchema.parse(JSON.parse(readFileSync(join(FOLDER, name), 'utf8')))];
    } catch {
      talk(`${join(FOLDER, name)} does not hold what crashwise has written; it is not run.\n`);
      return [];
    }
  });
}

/** Keeps what was found, a file for each cause. Returns the target with their names. */
export function keepCounterexamples(
  { target, found }: { readonly target: DeterminismTarget; readonly found: readonly Counterexample[] },
  talk: (text: string) => void,
): DeterminismTarget {
  const divergences = target.divergences.map((divergence, index) => {
    const saved = join(FOLDER, counterexampleName(found[index]!));
    try {
      writeWhole(saved, `${JSON.stringify(found[index], null, 2)}\n`);
      return { ...divergence, saved };
    } catch (error) {
      talk(`${saved} could not be written: ${error instanceof Error ? error.message : String(error)}\n`);
      return divergence;
    }
  });
  return { ...target, divergences };
}
