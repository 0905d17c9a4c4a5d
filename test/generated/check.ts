import * as fc from 'fast-check';
import { trials } from './arbitrary.js';
import type { Engine } from './interpret.js';
import { checkTrial } from './properties.js';
import { shrink } from './shrink.js';
import type { Trial } from './program.js';
import { Statistics } from './statistics.js';
import { trialText } from './text.js';

export interface CheckOptions {
  readonly seed: number;
  /** Programs at most. */
  readonly runs: number;
  /** No new program after this time. */
  readonly limitMs?: number;
  /** How long to look for a smaller counterexample. Default 5,000. */
  readonly shrinkMs?: number;
}

export interface Counterexample {
  readonly text: string;
  readonly error: string;
  readonly trial: Trial;
  readonly seed: number;
  readonly path: string;
}

export interface CheckReport {
  readonly programs: number;
  readonly statistics: Statistics;
  /** Until the first failure, or to the end. */
  readonly ms: number;
  /** A counterexample made small. Seed and path are those of the program that fast-check found. */
  readonly failure: Counterexample | undefined;
}

/** Holds an engine to the properties of `properties.ts` over generated programs, until one is broken. */
export async function checkEngine(engine: Engine, options: CheckOptions): Promise<CheckReport> {
  const statistics = new Statistics();
  const startedAt = performance.now();
  const elapsed = (): number => performance.now() - startedAt;
  const property = fc.asyncProperty(trials, async (trial) => {
    statistics.add(trial);
    statistics.ran(await checkTrial(engine, trial));
  });
  const { counterexample, counterexamplePath } = await fc.check(property, {
    seed: options.seed,
    numRuns: options.runs,
    endOnFailure: true,
    ...(options.limitMs === undefined ? {} : { interruptAfterTimeLimit: options.limitMs }),
  });
  const ms = elapsed();
  const report = { programs: statistics.programs, statistics, ms };
  if (!counterexample) return { ...report, failure: undefined };
  const errors = new Map<Trial, string>();
  const fails = async (trial: Trial): Promise<boolean> => {
    const error: unknown = await checkTrial(engine, trial).then(
      () => undefined,
      (reason: unknown) => reason,
    );
    if (error === undefined) return false;
    errors.set(trial, error instanceof Error ? error.message : String(error));
    return true;
  };
  await fails(counterexample[0]);
  const smallest = await shrink(counterexample[0], options.shrinkMs ?? 5_000, fails);
  const found = {
    trial: smallest,
    text: trialText(smallest),
    error: errors.get(smallest) ?? 'it passed the second time',
  };
  return { ...report, failure: { ...found, seed: options.seed, path: counterexamplePath ?? '' } };
}
