import { CrashwiseError, ENGINE_ERRORS, type Execution, Progress, type SqliteStore } from '../../../engine/index.js';
import { EXIT, type ExitCode } from '../../../results/exit-codes.js';
import type { EngineShowResult } from '../../../results/index.js';
import { didYouMean } from '../../closest-name.js';
import type { InputOf } from '../../command-table.js';
import { nearExecution } from '../../near-execution.js';
import { withDatabase } from '../../open-database.js';
import type { Output } from '../../output.js';
import { screenFor } from '../../screen-for.js';
import { showScreen } from '../../screens/show-screen.js';
import type { engineShowTable } from '../../tables/engine.js';

/** `crashwise engine show`. */
export async function showCommand(input: InputOf<typeof engineShowTable>, output: Output): Promise<ExitCode> {
  const result = await withDatabase(input.db, { create: false }, (store) => read(store, input.id));
  if (output.json) output.document(result);
  else output.data(showScreen(result, await screenFor('stdout', output), Date.now()));
  return EXIT.CLEAN;
}

async function read(store: SqliteStore, id: string): Promise<EngineShowResult> {
  // History first: a commit in between makes the row newer than the history, and never the other way round.
  const history = (await store.get(id)) && (await store.history(id));
  const execution = await store.get(id);
  if (!history || !execution) {
    const known = (await store.list()).map((one) => one.id);
    const message = `There is no execution "${id}".${didYouMean(id, known)}`;
    throw new CrashwiseError('execution-not-found', message, ENGINE_ERRORS['execution-not-found']);
  }
  return {
    schema: 'crashwise/engine-show@1',
    execution: nearExecution(execution as EngineShowResult['execution']),
    history,
    waitsFor: waitsFor(new Progress(history), execution),
  } as EngineShowResult;
}

function waitsFor(
  { ending, activities, timers }: Progress,
  { status, wakeAt }: Execution,
): EngineShowResult['waitsFor'] {
  if (ending) return [];
  const pending = [
    ...activities.map(({ command: { seq, name }, attempt, notBefore }) => {
      return { kind: 'activity' as const, seq, name, attempt, notBefore };
    }),
    ...timers.map((timer) => ({ kind: 'timer' as const, ...timer })),
  ];
  // Running, with nothing pending and yet a time to look at it: it waits for a worker to decide, and for no signal.
  return pending.length === 0 && status === 'running' && wakeAt === null ? [{ kind: 'signal' }] : pending;
}
