import { Coverage } from '../determinism/branches/coverage.js';
import { patchSites, type PatchSite } from '../determinism/patches/patch-sites.js';
import type { Branches } from '../determinism/replay/coverage-tally.js';
import type { HistoryName, Outcome } from '../determinism/replay/outcome.js';
import { replayHistories } from '../determinism/replay/replay-histories.js';
import { existingFile } from '../loader/existing-file.js';
import { loadProgram } from './load-program.js';
import { shownPath } from '../loader/shown-path.js';
import type { SentError } from './aside/messages.js';
import { sentError } from './aside/sent-error.js';
import type { AsideTools } from './aside/tasks.js';

/** Plain data, for it goes to the thread beside. */
export interface ReplayTask {
  readonly histories: readonly string[];
  /** The module that exports the workflows. */
  readonly module: string;
  readonly tellsHolds: boolean;
  /** Whether branches are counted. */
  readonly covers: boolean;
  /** Histories that are done, and workflows that are not run any more. */
  readonly skip: number;
  readonly leftOut: readonly string[];
}

/** What comes of the task, bit by bit: what is done is kept even if the next history never ends. */
export type ReplayPart =
  | {
      readonly kind: 'module';
      readonly workflows: readonly string[];
      readonly sites: readonly (PatchSite & { readonly file: string })[];
    }
  | { readonly kind: 'begun'; readonly history: HistoryName; readonly n: number }
  | { readonly kind: 'outcome'; readonly history: HistoryName; readonly outcome: Outcome; readonly n: number }
  | { readonly kind: 'branches'; readonly workflow: string; readonly branches: Branches }
  | { readonly kind: 'warned'; readonly warnings: Outcome['warnings'] }
  | {
      readonly kind: 'unreadable';
      readonly place: { readonly file: string; readonly line: number | null };
      readonly error: SentError;
      readonly n: number;
    };

/** Replays histories on the workflows of a module. Resolves to whether it came to their end. */
export async function replayAside(task: ReplayTask, { signal, show, part }: AsideTools): Promise<boolean> {
  const { histories, module, tellsHolds, covers, skip, leftOut } = task;
  const say = (one: ReplayPart): void => part(one);
  const coverage = covers ? new Coverage() : undefined;
  const { workflows, sources } = await loadProgram(existingFile(module), coverage);
  const sites = sources.flatMap(({ file, source }) =>
    patchSites(source).map((site) => ({ ...site, file: shownPath(file) })),
  );
  say({ kind: 'module', workflows: workflows.map(({ name }) => name), sites });
  const tellBranches = (): void => {
    for (const { name, run } of coverage ? workflows : []) {
      const { hit, of, uncovered } = coverage!.of(run);
      const places = uncovered.map(({ file, line }) => ({ file: shownPath(file), line }));
      say({ kind: 'branches', workflow: name, branches: { hit, of, uncovered: places } });
    }
  };
  tellBranches();
  // Told as soon as there are more of them: the next history may not end.
  const during = async (body: () => Promise<Outcome>): Promise<Outcome> => {
    if (!coverage) return body();
    const { value, newly } = await coverage.during(body);
    if (newly.length > 0) tellBranches();
    return value;
  };
  let at = skip;
  show(() => `${at.toLocaleString('en-US')} histories`);
  return replayHistories(
    { histories, workflows, skip, leftOut, tellsHolds, signal, during },
    {
      begun: (history, n) => say({ kind: 'begun', history, n }),
      outcome: (history, outcome, n) => say({ kind: 'outcome', history, outcome, n: (at = n) }),
      warned: (warnings) => say({ kind: 'warned', warnings }),
      unreadable: (place, error, n) => say({ kind: 'unreadable', place, error: sentError(error), n: (at = n) }),
    },
  );
}
