import { CrashwiseError } from '../engine/crashwise-error.js';
import { endlessText } from '../determinism/replay/finding-texts.js';
import type { Branches } from '../determinism/replay/coverage-tally.js';
import type { HistoryName } from '../determinism/replay/outcome.js';
import type { HistoriesListener } from '../determinism/replay/replay-histories.js';
import { receivedError } from './aside/sent-error.js';
import { runAside } from './aside/run-aside.js';
import type { Output } from './output.js';
import type { ReplayPart, ReplayTask } from './replay-aside.js';

/** Histories of one workflow that may not end; each takes ten seconds. */
const MAX_ENDLESS = 2;

export interface ReplayListener extends HistoriesListener {
  module(module: Extract<ReplayPart, { kind: 'module' }>): void;
  branches?(workflow: string, branches: Branches): void;
}

/**
 * Replays histories in a thread beside, and goes on in a new one after a history in which code lets nothing else run, ends
 * the process or takes all memory. Resolves to whether it came to the end of the histories.
 */
export async function replayAll(
  task: Pick<ReplayTask, 'histories' | 'module' | 'tellsHolds' | 'covers'>,
  { output, signal }: { readonly output: Output; readonly signal: AbortSignal },
  listener: ReplayListener,
): Promise<boolean> {
  const endless = new Map<string, number>();
  let skip = 0;
  let at: HistoryName | undefined;
  let isFirst = true;
  const onPart = (value: unknown): void => {
    const part = value as ReplayPart;
    switch (part.kind) {
      case 'module':
        if (isFirst) listener.module(part);
        isFirst = false;
        break;
      case 'begun':
        [at, skip] = [part.history, part.n];
        break;
      case 'outcome':
        [at, skip] = [undefined, part.n];
        listener.outcome(part.history, part.outcome, part.n);
        break;
      case 'branches':
        listener.branches?.(part.workflow, part.branches);
        break;
      case 'warned':
        listener.warned(part.warnings);
        break;
      case 'unreadable':
        skip = part.n;
        listener.unreadable(part.place, receivedError(part.error) as CrashwiseError, part.n);
    }
  };
  for (;;) {
    const leftOut = [...endless].filter(([, count]) => count >= MAX_ENDLESS).map(([workflow]) => workflow);
    try {
      return await runAside('replay', { ...task, skip, leftOut }, { output, signal, onPart });
    } catch (error) {
      if (!at || !CrashwiseError.is(error)) throw error;
      const history: HistoryName = at;
      at = undefined;
      endless.set(history.workflow, (endless.get(history.workflow) ?? 0) + 1);
      const text = endlessText(history.workflow, error);
      const shows = [{ signature: text.signature }];
      listener.outcome(history, { status: 'blocked', shows, fresh: [text], events: 0, warnings: [] }, skip);
      if (signal.aborted) return false;
    }
  }
}
