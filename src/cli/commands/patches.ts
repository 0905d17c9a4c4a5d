import { PatchTally } from '../../determinism/patches/patch-tally.js';
import { UnreadableList } from '../../determinism/replay/unreadable-list.js';
import { EXIT, type ExitCode } from '../../results/exit-codes.js';
import type { InputOf } from '../command-table.js';
import { onInterrupt } from '../on-interrupt.js';
import type { Output } from '../output.js';
import { replayAll } from '../replay-all.js';
import { screenFor } from '../screen-for.js';
import { patchesScreen } from '../screens/patches-screen.js';
import type { patchesTable } from '../tables/replay.js';

/** `crashwise patches`. */
export async function patchesCommand(input: InputOf<typeof patchesTable>, output: Output): Promise<ExitCode> {
  const { history: histories, workflows: module } = input;
  const began = performance.now();
  const tally = new PatchTally();
  const unreadable = new UnreadableList();
  const { signal, stopListening } = onInterrupt(output);
  const isWhole = await replayAll(
    { histories, module, tellsHolds: true, covers: false },
    { output, signal },
    {
      module({ sites }) {
        for (const { id, file, line, call } of sites) tally.site(id, { file, line, call });
      },
      outcome: (history, outcome) => tally.add(history, outcome),
      warned: () => {},
      unreadable: (place, error) => unreadable.add(place, error),
    },
  ).finally(stopListening);
  const ms = Math.round(performance.now() - began);
  const stoppedBy = isWhole ? 'end' : 'interrupted';
  const result = tally.result({ ms, stoppedBy, unreadable: unreadable.result() });
  const exitCode = isWhole ? (result.unreadable.count > 0 ? EXIT.USAGE : EXIT.CLEAN) : EXIT.INTERRUPTED;
  if (input.json) output.document(result);
  else output.data(patchesScreen(result, exitCode, await screenFor('stdout', output)));
  return exitCode;
}
