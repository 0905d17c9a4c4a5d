import { Client, CrashwiseError } from '../../../engine/index.js';
import { EXIT, type ExitCode } from '../../../results/exit-codes.js';
import type { EngineStartResult } from '../../../results/index.js';
import type { InputOf } from '../../command-table.js';
import { loadWorkflows, mustHave } from '../../load-workflows.js';
import { withDatabase } from '../../open-database.js';
import type { Output } from '../../output.js';
import { parseJson } from '../../parse-json.js';
import type { engineStartTable } from '../../tables/engine.js';

/** `crashwise engine start`. */
export async function startCommand(input: InputOf<typeof engineStartTable>, output: Output): Promise<ExitCode> {
  const { workflow } = input;
  const given = input.input === undefined ? {} : { input: parseJson(input.input, '--input') };
  if (input.workflows === undefined) output.talk(`The name ${workflow} was not checked: there is no --workflows.\n`);
  else mustHave((await loadWorkflows(input.workflows)).workflows, workflow);
  const onConflict = input.useExisting ? 'use-existing' : 'reject';
  const { id, created } = await withDatabase(input.db, { create: true }, async (store) => {
    try {
      return await new Client({ store }).start(workflow, { id: input.id, ...given, onConflict });
    } catch (error) {
      throw input.useExisting ? taken(error) : error;
    }
  });
  const result: EngineStartResult = { schema: 'crashwise/engine-start@1', id, workflow, created };
  if (output.json) output.document(result);
  else output.data(`${created ? 'started' : 'there already:'} ${id}\n`);
  return EXIT.CLEAN;
}

// The engine advises what was done already.
function taken(error: unknown): unknown {
  if (!CrashwiseError.is(error) || error.code !== 'execution-exists') return error;
  const { code, message, next } = error;
  const hint = 'Choose another id, or start it with the workflow and the input that it was started with.';
  return new CrashwiseError(code, message, { next, hint }, { cause: error });
}
