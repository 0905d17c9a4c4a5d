import { randomInt } from 'node:crypto';
import { exitCodeOf } from '../../report/verdict.js';
import { EXIT, type ExitCode } from '../../results/exit-codes.js';
import type { SimulationResult, SimulationRun } from '../../results/index.js';
import { simulatorError } from '../../simulator/errors.js';
import { faultBudget } from '../../simulator/fault-budget.js';
import { loadScenario, simulate, type Scenario, type SimulateOptions } from '../../simulator/index.js';
import { didYouMean } from '../closest-name.js';
import type { InputOf } from '../command-table.js';
import { cliError } from '../errors.js';
import { findScenarios, type FoundScenario } from '../find-scenarios.js';
import { onInterrupt } from '../on-interrupt.js';
import type { Output } from '../output.js';
import { pagePath } from '../page-path.js';
import { progressLine } from '../progress-line.js';
import { shownPath } from '../../loader/shown-path.js';
import { readSource } from '../read-source.js';
import type { simulateTable } from '../tables/simulate.js';
import { listScenarios } from './list-scenarios.js';

type Input = InputOf<typeof simulateTable>;

/** `crashwise simulate`. */
export async function simulateCommand(input: Input, output: Output): Promise<ExitCode> {
  const found = findScenarios(input.scenario, input.only, input.list === true);
  for (const { name, file } of found.filter(({ shipped }) => shipped)) {
    output.talk(`${name} comes with crashwise: ${shownPath(file)}\n`);
  }
  if (input.list) return listScenarios(found, output);
  if (input.schedule !== undefined && found.length > 1) {
    const names = found.map(({ name }) => name).join(', ');
    throw cliError('usage', `A schedule belongs to one scenario; name it. Here are ${names}.`);
  }
  const interruption = onInterrupt(output);
  const result = await crash(found, input, output, interruption.signal).finally(interruption.stopListening);
  const exitCode = interruption.signal.aborted ? EXIT.INTERRUPTED : exitCodeOf(result, { failOn: input.failOn });
  await print(result, exitCode, output);
  return exitCode;
}

async function crash(
  found: readonly FoundScenario[],
  input: Input,
  output: Output,
  signal: AbortSignal,
): Promise<SimulationResult> {
  const startedAt = Date.now();
  const seed = input.seed === 'random' ? String(randomInt(2 ** 31)) : (input.seed ?? '1');
  const runs: SimulationRun[] = [];
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
        seed,
        signal,
        ...limits(input),
        onProgress: ({ pattern, states, open }) =>
          signal.aborted || progress.show(`${scenario.name} ${pattern}: ${states} states, ${open} open`),
      });
      runs.push(...result.runs.map((run) => reachable(run, one)));
    }
  } finally {
    progress.clear();
  }
  return { schema: 'crashwise/simulation@1', seed, ms: Date.now() - startedAt, runs };
}

// Before anything runs, and with a suggestion.
function mustHavePatterns({ name, patterns }: Scenario, wanted: readonly string[]): void {
  const names: readonly string[] = patterns.map((pattern) => pattern.name);
  const missing = wanted.find((pattern) => !names.includes(pattern));
  if (missing === undefined) return;
  const message = `Scenario ${name} has no pattern "${missing}". It has: ${names.join(', ')}.${didYouMean(missing, names)}`;
  throw simulatorError('pattern-not-found', message);
}

// Seconds are those of the whole command, loading included.
function limits({ budget }: Input): Pick<SimulateOptions, 'maxStates' | 'budgetMs'> {
  const budgetMs = budget?.seconds === undefined ? undefined : Math.max(budget.seconds * 1_000 - performance.now(), 1);
  return { maxStates: budget?.states, budgetMs };
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

async function print(result: SimulationResult, exitCode: ExitCode, output: Output): Promise<void> {
  if (output.json) return output.document(result);
  const { renderSimulation } = await import('../../report/terminal/simulation.js');
  const chalk = await output.chalk('stdout');
  return output.data(
    `${renderSimulation(result, { chalk, columns: output.columns, exitCode, readSource, pagePath })}\n`,
  );
}
