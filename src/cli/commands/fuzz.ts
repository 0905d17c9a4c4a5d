import { randomInt } from 'node:crypto';
import { unfinishedTarget } from '../../determinism/unfinished-target.js';
import { byName } from '../../determinism/by-name.js';
import { staleIn } from '../../determinism/stale-in.js';
import { existingFile } from '../../loader/existing-file.js';
import { determinismExitCode } from '../../report/determinism-verdict.js';
import type { DeterminismTarget } from '../../results/index.js';
import { EXIT, type ExitCode } from '../../results/exit-codes.js';
import { receivedError } from '../aside/sent-error.js';
import { runAside } from '../aside/run-aside.js';
import { CrashwiseError } from '../../engine/crashwise-error.js';
import type { InputOf } from '../command-table.js';
import type { FuzzPart, FuzzTask } from '../fuzz-files.js';
import { keepCounterexamples, savedCounterexamples } from '../counterexamples.js';
import { determinismText } from '../determinism-text.js';
import { onInterrupt } from '../on-interrupt.js';
import type { Output } from '../output.js';
import { printError } from '../print-error.js';
import { planReports } from '../plan-reports.js';
import { readBaseline } from '../read-baseline.js';
import type { fuzzTable } from '../tables/fuzz.js';
import { mustBeWritable, writeReports } from '../write-reports.js';

type Input = InputOf<typeof fuzzTable>;

/** `crashwise fuzz`. */
export async function fuzzCommand(input: Input, output: Output): Promise<ExitCode> {
  const began = Date.now();
  const reports = planReports(input.reporter, input.json === true);
  const accepted = input.baseline === undefined ? undefined : readBaseline(input.baseline);
  const files = input.module.map((path) => existingFile(path));
  mustBeWritable(reports);
  const seed = input.seed === 'random' ? String(randomInt(2 ** 31)) : (input.seed ?? '1');
  const isShare = input.shard !== undefined || input.path !== undefined;
  const interruption = onInterrupt(output);
  const { signal } = interruption;
  const task = {
    files,
    only: input.only,
    seed,
    maxRuns: input.budget?.runs ?? input.runs,
    budgetMs: input.budget?.seconds === undefined ? undefined : input.budget.seconds * 1_000,
    path: input.path,
    learn: input.learn,
    portable: input.portable === true,
    shard: input.shard,
    accepted,
    saved: input.path === undefined ? savedCounterexamples(output.talk) : [],
  };
  const { targets, errors } = await fuzzAll(task, output, signal).finally(interruption.stopListening);
  targets.sort(byName);
  const isWhole = !input.only && !signal.aborted && errors.length === 0;
  const stale = accepted && { stale: isShare ? [] : staleIn(accepted, targets, isWhole) };
  const result = { schema: 'crashwise/determinism@1' as const, seed, ms: Date.now() - began, targets, ...stale };
  const found = determinismExitCode(targets, { failOn: input.failOn });
  const exitCode = signal.aborted
    ? EXIT.INTERRUPTED
    : errors.length > 0 && found !== EXIT.FINDINGS
      ? EXIT.USAGE
      : found;
  if (targets.length > 0 || errors.length === 0) {
    const reported = { result, exitCode, failOn: input.failOn };
    await writeReports(reports, (reporter, place) => determinismText(reporter, reported, place), output);
  }
  for (const error of errors) await printError(error, output);
  return exitCode;
}

/** All of them: where one lets nothing else run, or takes all memory, the others are searched in a new thread. */
async function fuzzAll(task: Omit<FuzzTask, 'done' | 'endless'>, output: Output, signal: AbortSignal) {
  const targets: DeterminismTarget[] = [];
  const errors: Error[] = [];
  const done: string[] = [];
  const endless: Record<string, string[]> = {};
  let left = task.files;
  for (;;) {
    let at: { readonly file: string; readonly workflow: string } | undefined;
    const onPart = (value: unknown): void => {
      const part = value as FuzzPart;
      if (part.kind === 'running') at = part;
      else if (part.kind === 'target') {
        targets.push(keepCounterexamples(part, output.talk));
        done.push(`${part.file} ${part.target.workflow}`);
        at = undefined;
      } else {
        // What is learnt from is read again by a new thread.
        if (!errors.some(({ message }) => message === part.error.message)) errors.push(receivedError(part.error));
        if (part.isWhole) left = left.filter((file) => file !== part.file);
      }
    };
    try {
      await runAside('fuzz', { ...task, files: left, done, endless }, { output, signal, onPart, sharesEnv: true });
      return { targets, errors };
    } catch (error) {
      if (!at || !CrashwiseError.is(error)) throw error;
      targets.push(unfinishedTarget(at, error));
      done.push(`${at.file} ${at.workflow}`);
      (endless[at.file] ??= []).push(at.workflow);
    }
  }
}
