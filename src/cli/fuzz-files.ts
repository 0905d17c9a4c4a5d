import { learn } from '../determinism/feed/learn.js';
import type { Learned } from '../determinism/feed/learned.js';
import { fuzzModule } from '../determinism/fuzz-module.js';
import type { Counterexample } from '../determinism/counterexample.js';
import type { DeterminismTarget, KnownDivergence } from '../results/index.js';
import { sentError } from './aside/sent-error.js';
import type { SentError } from './aside/messages.js';
import type { AsideTools } from './aside/tasks.js';
import { globPattern } from './glob-pattern.js';

/** Plain data, for it goes to the thread beside. */
export interface FuzzTask {
  readonly files: readonly string[];
  readonly only: readonly string[] | undefined;
  readonly seed: string;
  readonly maxRuns: number | undefined;
  readonly budgetMs: number | undefined;
  readonly path: string | undefined;
  readonly learn: string | undefined;
  readonly portable: boolean;
  readonly shard: { readonly index: number; readonly of: number } | undefined;
  readonly saved: readonly Counterexample[];
  readonly accepted: readonly KnownDivergence[] | undefined;
  /** By file, workflows that never come to an end. */
  readonly endless: Readonly<Record<string, readonly string[]>>;
  /** `file workflow` that are done. */
  readonly done: readonly string[];
}

/** What comes of the task, bit by bit: what is done is kept even if the next workflow never ends. */
export type FuzzPart =
  | { readonly kind: 'running'; readonly file: string; readonly workflow: string }
  | {
      readonly kind: 'target';
      readonly file: string;
      readonly target: DeterminismTarget;
      readonly found: readonly Counterexample[];
    }
  /** Of the whole file; else of one of its workflows, or of what is learnt from. */
  | { readonly kind: 'unusable'; readonly file: string; readonly error: SentError; readonly isWhole: boolean };

/** Searches the workflows of all files, one after the other. A file that cannot be loaded does not keep the others back. */
export async function fuzzFiles(task: FuzzTask, { signal, show, part }: AsideTools): Promise<void> {
  const { only, done, files, endless, learn: folder, ...options } = task;
  const learned = learnedFrom(folder, (error) =>
    part({ kind: 'unusable', file: '', error: sentError(error), isWhole: false }),
  );
  const globs = only?.map(globPattern);
  for (const file of files) {
    if (signal.aborted) return;
    const say = (one: FuzzPart): void => part(one);
    const wanted = (workflow: string): boolean => {
      if (done.includes(`${file} ${workflow}`)) return false;
      if (globs && !globs.some((glob) => glob.test(workflow))) return false;
      return true;
    };
    try {
      await fuzzModule(
        file,
        {
          ...options,
          only: wanted,
          endless: endless[file],
          onRunning: (workflow) => running(say, file, workflow),
          learned,
          onUnusable: (error) => say({ kind: 'unusable', file, error: sentError(error), isWhole: false }),
          signal,
          onProgress: ({ workflow, runs }) => {
            if (runs === 0) running(say, file, workflow);
            show(`${workflow}: ${runs} runs`);
          },
        },
        (target, found) => say({ kind: 'target', file, target, found }),
      );
    } catch (error) {
      say({ kind: 'unusable', file, error: sentError(error), isWhole: true });
    }
  }
}

function learnedFrom(folder: string | undefined, onUnusable: (error: unknown) => void): Learned | undefined {
  try {
    return folder === undefined ? undefined : learn(folder, onUnusable);
  } catch (error) {
    onUnusable(error);
    return undefined;
  }
}

let last = '';

// Only where it changes: there may be thousands a second.
function running(say: (part: FuzzPart) => void, file: string, workflow: string): void {
  const now = `${file} ${workflow}`;
  if (now !== last) say({ kind: 'running', file, workflow });
  last = now;
}
