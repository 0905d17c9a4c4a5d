import { EXIT, type ExitCode } from '../../results/exit-codes.js';
import type { InputOf } from '../command-table.js';
import { lookRound } from '../look-round.js';
import type { Output } from '../output.js';
import { lookRoundScreen } from '../screens/look-round-screen.js';
import type { lookRoundTable } from '../tables/look-round.js';

/** `crashwise` alone: what this directory is, and the next commands. */
export async function lookRoundCommand(_: InputOf<typeof lookRoundTable>, output: Output): Promise<ExitCode> {
  const result = await lookRound(process.cwd());
  if (output.json) output.document(result);
  else output.data(lookRoundScreen(result, output.columns));
  return EXIT.CLEAN;
}
