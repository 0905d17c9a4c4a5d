import { hostname } from 'node:os';
import { setTimeout as wait } from 'node:timers/promises';
import { Worker, type CrashwiseError, type SqliteStore } from '../../../engine/index.js';
import { EXIT, type ExitCode } from '../../../results/exit-codes.js';
import type { EngineRunResult } from '../../../results/index.js';
import type { InputOf } from '../../command-table.js';
import { idleWatch } from '../../idle-watch.js';
import { loadWorkflows, type WorkflowModule } from '../../load-workflows.js';
import { withDatabase } from '../../open-database.js';
import type { Output } from '../../output.js';
import { runSummary } from '../../screens/run-summary.js';
import { shellWord } from '../../shell-word.js';
import { onStopSignals } from '../../stop-signals.js';
import type { engineRunTable } from '../../tables/engine.js';
import { reporter } from '../../worker-reports.js';

type Input = InputOf<typeof engineRunTable>;

const LOOK_MS = 50;

/** `crashwise engine run`. */
export async function runCommand(input: Input, output: Output): Promise<ExitCode> {
  const module = await loadWorkflows(input.workflows);
  return withDatabase(input.db, { create: true }, async (store) => {
    const { report, reports } = await reporter(output);
    const stoppedBy = await work(store, module, input, output, report);
    const result = await summary(store, module, stoppedBy, reports);
    if (output.json) output.document(result);
    else output.data(runSummary(result, Date.now()));
    if (result.executions.failed > 0)
      output.talk(`Why: npx crashwise engine list --db ${shellWord(input.db)} --status failed\n`);
    if (!input.untilIdle) return EXIT.CLEAN;
    if (stoppedBy === 'signal') return EXIT.INTERRUPTED;
    return result.executions.blocked > 0 ? EXIT.FINDINGS : EXIT.CLEAN;
  });
}

async function work(
  store: SqliteStore,
  { workflows, activities }: WorkflowModule,
  input: Input,
  output: Output,
  report: (error: CrashwiseError) => void,
): Promise<EngineRunResult['stoppedBy']> {
  const id = `${hostname()}-${process.pid}`;
  const names = workflows.map(({ name }) => name);
  const isIdle = await idleWatch(store, names);
  const worker = new Worker({
    store,
    workflows,
    activities,
    id,
    report,
    ...(input.leaseMs === undefined ? {} : { leaseMs: input.leaseMs }),
    ...(input.pollMs === undefined ? {} : { pollMs: input.pollMs }),
  });
  let stoppedBy: EngineRunResult['stoppedBy'] | undefined;
  const stopListening = onStopSignals(output, () => {
    stoppedBy ??= 'signal';
    void worker.stop();
  });
  const end = input.untilIdle ? 'until nothing is due' : 'until Ctrl-C';
  output.talk(`Worker ${id} runs ${names.join(', ')} on ${input.db}, ${end}.\n`);
  const running = worker.run();
  try {
    while (input.untilIdle && stoppedBy === undefined) {
      if (await isIdle()) stoppedBy = 'idle';
      else await wait(LOOK_MS);
    }
    if (stoppedBy === 'idle') await worker.stop();
    await running;
  } finally {
    await worker.stop();
    stopListening();
  }
  return stoppedBy ?? 'signal';
}

async function summary(
  store: SqliteStore,
  { workflows }: WorkflowModule,
  stoppedBy: EngineRunResult['stoppedBy'],
  reports: EngineRunResult['reports'],
): Promise<EngineRunResult> {
  const names = workflows.map(({ name }) => name);
  const executions = { running: 0, blocked: 0, completed: 0, failed: 0 };
  for (const { workflow, status } of await store.list()) if (names.includes(workflow)) executions[status] += 1;
  const nextDue = (await store.nextDue(names)) ?? null;
  return { schema: 'crashwise/engine-run@1', stoppedBy, workflows: names, executions, nextDue, reports };
}
