import { exitCodeOf, judge } from '../../report/verdict.js';
import { EXIT, type ExitCode } from '../../results/exit-codes.js';
import type { InputOf } from '../command-table.js';
import { runAside } from '../aside/run-aside.js';
import type { Crashed } from '../crash-scenarios.js';
import { emitTest, mustBeEmittable } from '../emit-test.js';
import { cliError } from '../errors.js';
import { findScenarios, TABLE_ROWS, type FoundScenario } from '../find-scenarios.js';
import { lastFailed, recordLastRun } from '../last-run.js';
import { onInterrupt } from '../on-interrupt.js';
import type { Output } from '../output.js';
import { planReports } from '../plan-reports.js';
import { shownPath } from '../../loader/shown-path.js';
import type { simulateTable } from '../tables/simulate.js';
import { simulationText } from '../simulation-text.js';
import { mustBeWritable, writeReports } from '../write-reports.js';
import { listScenarios } from './list-scenarios.js';

type Input = InputOf<typeof simulateTable>;

/** `crashwise simulate`. */
export async function simulateCommand(input: Input, output: Output): Promise<ExitCode> {
  const targets = planReports(input.reporter, input.json === true);
  const found = wanted(input, output);
  for (const { name, file } of found.filter(({ shipped }) => shipped)) {
    output.talk(`${name} comes with crashwise: ${shownPath(file)}\n`);
  }
  if (input.list) return listScenarios(found, output);
  if (input.schedule !== undefined && found.length > 1) {
    const names = found.map(({ name }) => name).join(', ');
    throw cliError('usage', `A schedule belongs to one scenario; name it. Here are ${names}.`);
  }
  mustBeWritable(targets);
  if (input.emitTest !== undefined) mustBeEmittable(input.emitTest, found);
  const interruption = onInterrupt(output);
  const { signal } = interruption;
  const crashed = await crashAside(found, input, { output, signal }).finally(interruption.stopListening);
  const { failOn } = input;
  const exitCode = signal.aborted ? EXIT.INTERRUPTED : exitCodeOf(crashed.result, { failOn });
  if (input.schedule === undefined && found.length > 0) recordLastRun(crashed.runs, output.talk);
  const reported = { result: crashed.result, exitCode, failOn, matrix: input.matrix };
  await writeReports(targets, (reporter, place) => simulationText(reporter, reported, place), output);
  if (input.emitTest !== undefined) emit(input.emitTest, crashed, input, output);
  return exitCode;
}

async function crashAside(
  found: readonly FoundScenario[],
  { pattern, schedule, faults, maxFaults, zombies, matrix, mutants, seed, budget }: Input,
  tools: { readonly output: Output; readonly signal: AbortSignal },
): Promise<Crashed> {
  const input = { pattern, schedule, faults, maxFaults, zombies, matrix, mutants, seed, budget };
  return runAside('crash', { found, input, startedAt: performance.timeOrigin }, tools);
}

function wanted({ scenario, only, list, lastFailed: again, matrix }: Input, output: Output): readonly FoundScenario[] {
  if (matrix && scenario.length === 0 && !again) return findScenarios(TABLE_ROWS, only, false);
  if (!again) return findScenarios(scenario, only, list === true);
  const failed = lastFailed();
  const meant = scenario.length > 0 ? scenario : failed.map(({ target }) => target);
  const found = meant.length === 0 ? [] : findScenarios(meant, only, false);
  const files = new Set(failed.map(({ file }) => file));
  const left = found.filter(({ file }) => files.has(shownPath(file)));
  if (left.length === 0) output.talk('None of them had findings when it was last run: nothing is run.\n');
  return left;
}

/** The first violation that the scenario does not expect; of one schedule, the first at all. */
function emit(file: string, { runs }: Crashed, { schedule }: Input, output: Output): void {
  for (const { run, found } of runs) {
    const { violations, verdict, expected, expectedProperties } = run;
    const meant = violations.find(
      ({ property }) => schedule !== undefined || verdict !== expected || !expectedProperties.includes(property),
    );
    if (meant) return emitTest(file, meant, found, output.talk);
  }
  const expected = runs.some(({ run }) => run.violations.length > 0 && judge(run) === 'clean');
  const advice = expected ? ' For one that is expected, give its --schedule.' : '';
  output.talk(
    `No test is written: ${schedule === undefined ? 'no unexpected violation was found' : 'it breaks nothing'}.${advice}\n`,
  );
}
