import { simulate, type Scenario } from '../simulator/index.js';
import type { SimulationRun } from '../results/index.js';
import { simulatorError } from '../simulator/errors.js';
import type { CrashOptions } from './crash-options.js';
import type { DeterminismOptions } from './determinism-matchers.js';
import { brokenText, harmlessText, openText, otherText, provedText } from './failure-text.js';
import { mustForget } from './must-forget.js';
import { undecided, type Call, type Outcome } from './outcome.js';
import { scenarioIn } from './scenario-in.js';
import { toBeDeterministic } from './to-be-deterministic.js';

/** The matchers as `expect.extend()` of vitest takes them. */
export const matchers = {
  async toBeDeterministic(this: Call, received: unknown, options?: DeterminismOptions): Promise<Outcome> {
    return toBeDeterministic(this, received, options);
  },

  async toSurviveCrashes(this: Call, received: unknown, options: CrashOptions = {}): Promise<Outcome> {
    const { scenario, runs } = await searched(received, options);
    const broken = runs.filter(({ verdict }) => verdict === 'violated');
    const open = runs.filter(({ verdict }) => verdict === 'inconclusive');
    if (broken.length > 0) return { pass: false, message: () => brokenText(broken) };
    if (open.length > 0) return undecided(this, () => openText(open));
    mustForget(scenario, options);
    return { pass: true, message: () => provedText(runs) };
  },

  async toBreak(this: Call, received: unknown, property: string, options: CrashOptions = {}): Promise<Outcome> {
    const { scenario, runs } = await searched(received, options);
    const known = [
      ...new Set(runs.flatMap((run) => [...run.properties, ...run.violations.map((one) => one.property)])),
    ];
    if (!known.includes(property)) {
      const message = `The scenario has no property "${property}". It has: ${known.join(', ')}.`;
      throw simulatorError('scenario-invalid', message);
    }
    const told = runs.flatMap((run) => {
      const violations = run.violations.filter((one) => one.property === property);
      return violations.length > 0 ? [{ ...run, violations }] : [];
    });
    if (told.length > 0) return { pass: true, message: () => brokenText(told) };
    // What comes after another property is broken is not searched, as little as what lies beyond a limit.
    const open = runs.filter(({ verdict }) => verdict !== 'proved');
    if (open.length > 0) return undecided(this, () => otherText(open, property));
    mustForget(scenario, options);
    return { pass: false, message: () => provedText(runs, property) };
  },

  async toSurvive(
    this: Call,
    received: unknown,
    schedule: string,
    options: Pick<CrashOptions, 'assumeNoMemory'> = {},
  ): Promise<Outcome> {
    const scenario = await scenarioIn(received);
    const { runs } = await simulate({ scenarios: [scenario], schedule });
    const broken = runs.filter(({ violations }) => violations.length > 0);
    if (broken.length > 0) return { pass: false, message: () => brokenText(broken) };
    const open = runs.filter(({ stoppedBy }) => stoppedBy !== 'schedule');
    if (open.length > 0) return undecided(this, () => openText(open));
    mustForget(scenario, options);
    return { pass: true, message: () => harmlessText(runs) };
  },
};

interface Searched {
  readonly scenario: Scenario;
  readonly runs: readonly SimulationRun[];
}

async function searched(received: unknown, { pattern, ...options }: CrashOptions): Promise<Searched> {
  const patterns = pattern === undefined ? undefined : [pattern].flat();
  if (patterns?.length === 0) throw simulatorError('pattern-not-found', 'The list of patterns is empty.');
  const scenario = await scenarioIn(received);
  const { runs } = await simulate({ ...options, scenarios: [scenario], patterns });
  if (runs.length === 0) throw new Error('Nothing was run: the signal was aborted before.');
  return { scenario, runs };
}
