import { randomInt } from 'node:crypto';
import type { SimulationResult, SimulationRun } from '../results/index.js';
import { simulatorError } from '../simulator/errors.js';
import { faultBudget } from '../simulator/fault-budget.js';
import { loadScenario, simulate, type Scenario } from '../simulator/index.js';
import { didYouMean } from './closest-name.js';
import type { InputOf } from './command-table.js';
import type { FoundScenario } from './find-scenarios.js';
import type { Output } from './output.js';
import { progressLine } from './progress-line.js';
import { progressText } from './progress-text.js';
import type { simulateTable } from './tables/simulate.js';

export interface Crashed {
  readonly result: SimulationResult;
  /** Each run of the result, with where its scenario was found. */
  readonly runs: readonly { readonly run: SimulationRun; readonly found: FoundScenario }[];
}

type Input = Pick<
  InputOf<typeof simulateTable>,
  'pattern' | 'schedule' | 'faults' | 'maxFaults' | 'zombies' | 'matrix' | 'seed' | 'budget'
>;

/** Loads the scenarios and crashes one after the other, with a line of progress. */
export async function crashScenarios(
  found: readonly FoundScenario[],
  input: Input,
  output: Output,
  signal: AbortSignal,
): Promise<Crashed> {
  const startedAt = Date.now();
  const seed = input.seed === 'random' ? String(randomInt(2 ** 31)) : (input.seed ?? '1');
  const runs: { run: SimulationRun; found: FoundScenario }[] = [];
  const progress = progressLine(output);
  signal.addEventListener('abort', () => progress.clear());
  try {
    const scenarios = [];
    for (const one of found) scenarios.push({ one, scenario: await loadScenario(one.file) });
    faultBudget(input); // Throws for a name that there is not, before anything runs.
    for (const { scenario } of scenarios) mustHavePatterns(scenario, input.pattern ?? []);
    for (const { one, scenario } of scenarios) {
      if (signal.aborted) break;
      progress.show(`${scenario.name}: the first state`);
      const result = await simulate({
        scenarios: [scenario],
        patterns: input.pattern,
        schedule: input.schedule,
        faults: input.faults,
        maxFaults: input.maxFaults,
        zombies: input.zombies === true,
        matrix: input.matrix === true,
        seed,
        signal,
        maxStates: input.budget?.states,
        maxRuns: input.budget?.runs,
        budgetMs: leftMs(input),
        onProgress: searchProgress(input, (text) => signal.aborted || progress.show(text)),
      });
      runs.push(...result.runs.map((run) => ({ run: reachable(run, one), found: one })));
    }
  } finally {
    progress.clear();
  }
  const ms = Date.now() - startedAt;
  return { result: { schema: 'crashwise/simulation@1', seed, ms, runs: runs.map(({ run }) => run) }, runs };
}

// Before anything runs, and with a suggestion.
function mustHavePatterns({ name, patterns }: Scenario, wanted: readonly string[]): void {
  const names: readonly string[] = patterns.map((pattern) => pattern.name);
  const missing = wanted.find((pattern) => !names.includes(pattern));
  if (missing === undefined) return;
  const message = `Scenario ${name} has no pattern "${missing}". It has: ${names.join(', ')}.${didYouMean(missing, names)}`;
  throw simulatorError('pattern-not-found', message);
}

type OnProgress = NonNullable<Parameters<typeof simulate>[0]['onProgress']>;

/** The line is made when it is shown: its rate and its time left are those of that moment. */
function searchProgress(input: Input, show: (text: () => string) => void): OnProgress {
  const { states: maxStates, runs: maxRuns } = input.budget ?? {};
  let first: { pattern: string; states: number; at: number } | undefined;
  return (standing) => {
    if (first?.pattern !== standing.pattern) first = { ...standing, at: performance.now() };
    const { at, states } = first;
    show(() => {
      const seconds = (performance.now() - at) / 1_000;
      // Of less than a second it would be a guess.
      const statesPerSecond = seconds < 1 ? undefined : (standing.states - states) / seconds;
      return progressText({ ...standing, statesPerSecond, maxStates, maxRuns, leftMs: leftMs(input) });
    });
  };
}

// Seconds are those of the whole command, loading included.
function leftMs({ budget }: Input): number | undefined {
  return budget?.seconds === undefined ? undefined : Math.max(budget.seconds * 1_000 - performance.now(), 1);
}

// A scenario that was given by path, or whose folder has another name, is found again by what was given here.
function reachable(done: SimulationRun, { target }: FoundScenario): SimulationRun {
  if (target === done.scenario) return done;
  const rename = (command: string): string =>
    command.replace(`simulate ${done.scenario} `, () => `simulate ${target} `);
  const violations = done.violations.map((violation) => {
    const { reproduce } = violation;
    return { ...violation, reproduce: { ...reproduce, command: rename(reproduce.command) } };
  });
  return { ...done, violations };
}
