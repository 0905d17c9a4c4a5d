import { CoverageTally } from '../../determinism/replay/coverage-tally.js';
import { ReplayTally } from '../../determinism/replay/replay-tally.js';
import { replayExitCode } from '../../report/replay-verdict.js';
import type { ExitCode } from '../../results/exit-codes.js';
import type { InputOf } from '../command-table.js';
import { EachFile } from '../each-file.js';
import { onInterrupt } from '../on-interrupt.js';
import type { Output } from '../output.js';
import { replayAll } from '../replay-all.js';
import { screenFor } from '../screen-for.js';
import { replayScreen } from '../screens/replay-screen.js';
import type { replayTable } from '../tables/replay.js';

/** `crashwise replay`. */
export async function replayCommand(input: InputOf<typeof replayTable>, output: Output): Promise<ExitCode> {
  const { history: histories, workflows: module, strict = false, failOn } = input;
  const began = performance.now();
  const tally = new ReplayTally();
  let workflows: readonly string[] = [];
  let coverage: CoverageTally | undefined;
  const each = input.each === undefined ? undefined : new EachFile(input.each);
  const { signal, stopListening } = onInterrupt(output);
  const isWhole = await replayAll(
    { histories, module, tellsHolds: input.coverage === true, covers: input.coverage === true },
    { output, signal },
    {
      module(loaded) {
        workflows = loaded.workflows;
        if (!input.coverage) return;
        coverage = new CoverageTally(
          workflows,
          loaded.sites.map(({ id }) => id),
        );
      },
      outcome(history, outcome) {
        tally.add(history, outcome);
        each?.add(history, outcome);
        if (outcome.holds) coverage?.add(history, outcome.holds);
      },
      branches: (workflow, branches) => coverage?.branches(workflow, branches),
      warned: (warnings) => tally.warned(warnings),
      unreadable: (place, error) => tally.unreadable.add(place, error),
    },
  ).finally(() => {
    stopListening();
    each?.close();
  });
  const ms = Math.round(performance.now() - began);
  const told = tally.result({ ms, strict, stoppedBy: isWhole ? 'end' : 'interrupted', workflows: [...workflows] });
  const result = coverage ? { ...told, coverage: coverage.result() } : told;
  const exitCode = replayExitCode(result, { failOn });
  if (input.json) output.document(result);
  else output.data(replayScreen(result, exitCode, await screenFor('stdout', output)));
  return exitCode;
}
