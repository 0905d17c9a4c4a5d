import { readFileSync } from 'node:fs';
import { shownPath } from '../loader/shown-path.js';
import type { Workflow } from '../engine/index.js';
import type { PatchesResult } from '../results/index.js';
import { patchSites } from './patches/patch-sites.js';
import { PatchTally } from './patches/patch-tally.js';
import { replayHistories } from './replay/replay-histories.js';
import { UnreadableList } from './replay/unreadable-list.js';

export interface PatchesOptions {
  /** Files of recorded histories, and folders of such files. The open executions have to be among them. */
  readonly histories: readonly string[];
  readonly workflows: readonly Workflow[];
  /** Source files to look for calls in. A call that stands in none of them is known if a history comes to it. */
  readonly sources?: readonly string[] | undefined;
  /** Ends it; what was looked at so far is the result. */
  readonly signal?: AbortSignal | undefined;
}

/**
 * What may be done about each patch: recorded histories are replayed on the workflows of today, to see which of them come
 * to its call, and which way they went there. Where the histories do not show it, the verdict is `unknown`. Rejects if a
 * source cannot be read.
 *
 * @example
 * const { patches: all } = await patches({ histories: ['histories'], workflows: [order], sources: ['src/order.ts'] });
 * const mayGo = all.filter(({ verdict }) => verdict === 'delete');
 */
export async function patches({ histories, workflows, sources = [], signal }: PatchesOptions): Promise<PatchesResult> {
  const began = performance.now();
  const tally = new PatchTally();
  const unreadable = new UnreadableList();
  for (const path of sources) {
    const file = shownPath(path);
    for (const { id, ...site } of patchSites(readFileSync(path, 'utf8'))) tally.site(id, { file, ...site });
  }
  const isWhole = await replayHistories(
    { histories, workflows, tellsHolds: true, signal },
    {
      outcome: (history, outcome) => tally.add(history, outcome),
      warned: () => {},
      unreadable: (place, error) => unreadable.add(place, error),
    },
  );
  const ms = Math.round(performance.now() - began);
  return tally.result({ ms, stoppedBy: isWhole ? 'end' : 'interrupted', unreadable: unreadable.result() });
}
