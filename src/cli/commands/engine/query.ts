import { Client, CrashwiseError } from '../../../engine/index.js';
import { EXIT, type ExitCode } from '../../../results/exit-codes.js';
import type { EngineQueryResult } from '../../../results/index.js';
import { didYouMean } from '../../closest-name.js';
import type { InputOf } from '../../command-table.js';
import { loadWorkflows } from '../../load-workflows.js';
import { withDatabase } from '../../open-database.js';
import type { Output } from '../../output.js';
import { parseJson } from '../../parse-json.js';
import type { engineQueryTable } from '../../tables/engine.js';

/** `crashwise engine query`. */
export async function queryCommand(input: InputOf<typeof engineQueryTable>, output: Output): Promise<ExitCode> {
  const { id, name } = input;
  const args = input.args.map((text, index) => parseJson(text, `Argument ${index + 1}`));
  const answer = await withDatabase(input.db, { create: false }, async (store) => {
    const { workflows } = await loadWorkflows(input.workflows);
    try {
      return await new Client({ store, workflows }).query<unknown, typeof args>(id, name, ...args);
    } catch (error) {
      throw suggested(error, name);
    }
  });
  const result = {
    schema: 'crashwise/engine-query@1',
    id,
    query: name,
    args,
    ...(answer === undefined ? {} : { answer }),
  } as EngineQueryResult;
  if (output.json) output.document(result);
  else output.data(`${answer === undefined ? '(no answer)' : JSON.stringify(answer, null, 2)}\n`);
  return EXIT.CLEAN;
}

// The engine's message ends with the names that there are.
function suggested(error: unknown, name: string): unknown {
  if (!CrashwiseError.is(error) || error.code !== 'unknown-query') return error;
  const [, names = ''] = /It has: (.*)\.$/.exec(error.message) ?? [];
  const message = error.message + didYouMean(name, names.split(', '));
  return new CrashwiseError(error.code, message, error, { cause: error });
}
