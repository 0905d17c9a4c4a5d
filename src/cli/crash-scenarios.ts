import { randomInt } from 'node:crypto';
import type { SimulationResult, SimulationRun } from '../results/index.js';
import { simulatorError } from '../simulator/errors.js';
import { faultBudget } from '../simulator/fault-budget.js';
import { loadScenario, simulate, type Scenario } from '../simulator/index.js';
import { didYouMean } from './closest-name.js';
import type { AsideTools } from './aside/tasks.js';
import type { InputOf } from './command-table.js';
import type { FoundScenario } from './find-scenarios.js';
import { progressText } from './progress-text.js';
import type { simulateTable } from './tables/simulate.js';

export interface Crashed {
  readonly result: SimulationResult;
  /** Each run of the result, with where its scenario was found. */
  readonly runs: readonly { readonly run: SimulationRun; readonly found: FoundScenario }[];
}

/** Plain data, for it goes to the thread beside. */
export interface CrashTask {
  readonly found: readonly FoundScenario[];
  readonly input: CrashInput;
  /** When the command started, in ms since 1970. */
  readonly startedAt: number;
}

export type CrashInput = Pick<
  InputOf<typeof simulateTable>,
  'pattern' | 'schedule' | 'faults' | 'maxFaults' | 'zombies' | 'matrix' | 'mutants' | 'seed' | 'budget'
>;

/** Loads the scenarios and crashes one after the other. */
export async function crashScenarios(
  { found, input, startedAt }: CrashTask,
  { signal, show }: AsideTools,
): Promise<Crashed> {
  const began = Date.now();
  const left = (): number | undefined => leftMs(input, startedAt);
  const seed = input.seed === 'random' ? String(randomInt(2 ** 31)) : (input.seed ?? '1');
  const runs: { run: SimulationRun; found: FoundScenario }[] = [];
  const scenarios = [];
  for (const one of found) scenarios.push({ one, scenario: await loadScenario(one.file) });
  faultBudget(input); // Throws for a name that there is not, before anything runs.
  for (const { scenario } of scenarios) mustHavePatterns(scenario, input.pattern ?? []);
  for (const { one, scenario } of scenarios) {
    if (signal.aborted) break;
    show(`${scenario.name}: the first state`);
    const result = await simulate({
      scenarios: [scenario],
      patterns: input.pattern,
      schedule: input.schedule,
      faults: input.faults,
      maxFaults: input.maxFaults,
      zombies: input.zombies === true,
      matrix: input.matrix === true,
      mutants: input.mutants === true,
      onMutant: ({ pattern, operator }) => show(`${scenario.name} ${pattern}: without its measures, ${operator}`),
      seed,
      signal,
      maxStates: input.budget?.states,
      maxRuns: input.budget?.runs,
      budgetMs: left(),
      onProgress: searchProgress(input, left, show),
    });
    runs.push(...result.runs.map((run) => ({ run: reachable(run, one), found: one })));
  }
  const ms = Date.now() - began;
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
function searchProgress(input: CrashInput, left: () => number | undefined, show: AsideTools['show']): OnProgress {
  const { states: maxStates, runs: maxRuns } = input.budget ?? {};
  let first: { pattern: string; states: number; at: number } | undefined;
  return (standing) => {
    if (first?.pattern !== standing.pattern) first = { ...standing, at: performance.now() };
    const { at, states } = first;
    show(() => {
      const seconds = (performance.now() - at) / 1_000;
      // Of less than a second it would be a guess.
      const statesPerSecond = seconds < 1 ? undefined : (standing.states - states) / seconds;
      return progressText({ ...standing, statesPerSecond, maxStates, maxRuns, leftMs: left() });
    });
  };
}

// Seconds are those of the whole command, loading included.
function leftMs({ budget }: CrashInput, startedAt: number): number | undefined {
  return budget?.seconds === undefined ? undefined : Math.max(startedAt + budget.seconds * 1_000 - Date.now(), 1);
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
