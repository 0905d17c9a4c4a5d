import { EXIT, type ExitCode } from '../../../results/exit-codes.js';
import type { EngineListResult } from '../../../results/index.js';
import type { InputOf } from '../../command-table.js';
import { nearExecution } from '../../near-execution.js';
import { withDatabase } from '../../open-database.js';
import type { Output } from '../../output.js';
import { listScreen } from '../../screens/list-screen.js';
import type { engineListTable } from '../../tables/engine.js';

/** `crashwise engine list`. */
export async function listCommand(input: InputOf<typeof engineListTable>, output: Output): Promise<ExitCode> {
  const { db, status } = input;
  const executions = await withDatabase(db, { create: false }, (store) => store.list(status ? { status } : {}));
  const result: EngineListResult = {
    schema: 'crashwise/engine-list@1',
    executions: (executions as EngineListResult['executions']).map(nearExecution),
  };
  if (output.json) output.document(result);
  else if (executions.length === 0) output.talk(`no ${status === undefined ? '' : `${status} `}executions\n`);
  else
    output.data(listScreen(result, { chalk: await output.chalk('stdout'), columns: output.columns, now: Date.now() }));
  return EXIT.CLEAN;
}
