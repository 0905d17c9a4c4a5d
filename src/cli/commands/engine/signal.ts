import { Client } from '../../../engine/index.js';
import { EXIT, type ExitCode } from '../../../results/exit-codes.js';
import type { EngineSignalResult } from '../../../results/index.js';
import type { InputOf } from '../../command-table.js';
import { withDatabase } from '../../open-database.js';
import type { Output } from '../../output.js';
import { parseJson } from '../../parse-json.js';
import type { engineSignalTable } from '../../tables/engine.js';

/** `crashwise engine signal`. */
export async function signalCommand(input: InputOf<typeof engineSignalTable>, output: Output): Promise<ExitCode> {
  const { id, name } = input;
  const args = input.args.map((text, index) => parseJson(text, `Argument ${index + 1}`));
  await withDatabase(input.db, { create: false }, (store) => new Client({ store }).signal(id, name, ...args));
  const result = { schema: 'crashwise/engine-signal@1', id, signal: name, args } as EngineSignalResult;
  if (output.json) output.document(result);
  else output.data(`signalled ${id}: ${name}\n`);
  return EXIT.CLEAN;
}
