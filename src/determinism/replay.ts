import type { Workflow } from '../engine/index.js';
import type { ReplayResult, ReplayStatus } from '../results/index.js';
import { CoverageTally } from './replay/coverage-tally.js';
import type { HistoryName } from './replay/outcome.js';
import { replayHistories } from './replay/replay-histories.js';
import { ReplayTally } from './replay/replay-tally.js';

export interface ReplayOptions {
  /** Files of recorded histories, and folders of such files. */
  readonly histories: readonly string[];
  readonly workflows: readonly Workflow[];
  /** Whether what changed counts as a finding: told in the result, and changes nothing in it. */
  readonly strict?: boolean | undefined;
  /** Whether the result says what the histories reach. */
  readonly coverage?: boolean | undefined;
  /** Ends it; what was replayed so far is the result. */
  readonly signal?: AbortSignal | undefined;
  /** Hears what became of each history: the result tells only what many have in common. */
  readonly onHistory?: ((history: HistoryName, status: ReplayStatus) => void) | undefined;
}

/**
 * Replays recorded histories on the workflows of today, and tells which of them the engine would refuse. They are read
 * one by one, so that there may be any number of them. A file that cannot be read is told in the result, and the others
 * are replayed. Code that never ends is not interrupted; on the command line it is.
 *
 * @example
 * const { findings } = await replay({ histories: ['histories'], workflows: [order] });
 * const broken = findings.filter(({ status }) => status === 'fail' || status === 'blocked');
 */
export async function replay(options: ReplayOptions): Promise<ReplayResult> {
  const { histories, workflows, strict = false, coverage, signal, onHistory } = options;
  const began = performance.now();
  const tally = new ReplayTally();
  const names = workflows.map(({ name }) => name);
  const covered = coverage ? new CoverageTally(names) : undefined;
  const isWhole = await replayHistories(
    { histories, workflows, tellsHolds: coverage, signal },
    {
      outcome(history, outcome) {
        tally.add(history, outcome);
        if (outcome.holds) covered?.add(history, outcome.holds);
        onHistory?.(history, outcome.status);
      },
      warned: (warnings) => tally.warned(warnings),
      unreadable: (place, error) => tally.unreadable.add(place, error),
    },
  );
  const ms = Math.round(performance.now() - began);
  const result = tally.result({ ms, strict, stoppedBy: isWhole ? 'end' : 'interrupted', workflows: names });
  return covered ? { ...result, coverage: covered.result() } : result;
}
