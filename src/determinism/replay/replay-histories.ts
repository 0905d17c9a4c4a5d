import type { CrashwiseError, Workflow } from '../../engine/index.js';
import { readHistories } from '../corpus/read-histories.js';
import { leftOutText, unsupportedText } from './finding-texts.js';
import type { FindingText, HistoryName, Outcome } from './outcome.js';
import { Replayer } from './replayer.js';

export interface HistoriesOptions {
  /** Files and folders. */
  readonly histories: readonly string[];
  readonly workflows: readonly Workflow[];
  /** Passes over so many, which were replayed before. */
  readonly skip?: number | undefined;
  /** Workflows that are not run: histories of them did not end before. */
  readonly leftOut?: readonly string[] | undefined;
  /** Whether outcomes tell what the histories hold. */
  readonly tellsHolds?: boolean | undefined;
  /** Is put around each replay, to look at what it goes through. */
  readonly during?: ((body: () => Promise<Outcome>) => Promise<Outcome>) | undefined;
  readonly signal?: AbortSignal | undefined;
}

/** Hears of the histories, one after the other. */
export interface HistoriesListener {
  /** It is read, and will be replayed now. */
  begun?(history: HistoryName, n: number): void;
  outcome(history: HistoryName, outcome: Outcome, n: number): void;
  /** What is only known when all of them are replayed. */
  warned(warnings: Outcome['warnings']): void;
  unreadable(place: { readonly file: string; readonly line: number | null }, error: CrashwiseError, n: number): void;
}

/** A turn of the event loop now and then, for who wants to interrupt. */
const TURN = 100;

/** Replays histories as they are read. Resolves to whether it came to their end. */
export async function replayHistories(options: HistoriesOptions, listener: HistoriesListener): Promise<boolean> {
  const { histories, workflows, skip, leftOut = [], tellsHolds, signal, during = (body) => body() } = options;
  const replayer = new Replayer(workflows, { tellsHolds });
  const told = new Set<string>();
  const unread = (status: Outcome['status'], text: FindingText): Outcome => {
    const { signature } = text;
    const fresh = told.has(signature) ? [] : [text];
    told.add(signature);
    return { status, shows: [{ signature }], fresh, events: 0, warnings: [] };
  };
  for await (const read of readHistories(histories, skip)) {
    const { n, file, line } = read;
    if (signal?.aborted) return false;
    if (n % TURN === 0) await turn();
    if (read.kind === 'unreadable') {
      listener.unreadable({ file, line }, read.error, n);
    } else if (read.kind === 'unsupported') {
      const { id, workflow, reason } = read;
      listener.outcome({ file, line, id, workflow }, unread('unsupported', unsupportedText(workflow, reason)), n);
    } else if (leftOut.includes(read.bundle.workflow)) {
      const { id, workflow } = read.bundle;
      listener.outcome({ file, line, id, workflow }, unread('not-covered', leftOutText(workflow)), n);
    } else {
      const { id, workflow } = read.bundle;
      const history = { file, line, id, workflow };
      listener.begun?.(history, n);
      listener.outcome(history, await during(() => replayer.replay(read.bundle)), n);
    }
  }
  await turn();
  listener.warned(replayer.takeWarnings());
  return true;
}

function turn(): Promise<void> {
  return new Promise((resolve) => setImmediate(resolve));
}
