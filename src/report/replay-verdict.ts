import { EXIT, type ExitCode } from '../results/exit-codes.js';
import type { ReplayResult } from '../results/index.js';

/**
 * 1 if a history fails or is blocked, or has changed and `strict` is set; else 2 if something could not be read; else 4 if
 * a history could not be replayed (0 with `failOn: 'findings'`); else 0. An interrupted one is 130.
 */
export function replayExitCode(
  { counts, strict, unreadable, stoppedBy }: Pick<ReplayResult, 'counts' | 'strict' | 'unreadable' | 'stoppedBy'>,
  { failOn }: { readonly failOn?: 'findings' | undefined } = {},
): ExitCode {
  if (stoppedBy === 'interrupted') return EXIT.INTERRUPTED;
  if (counts.fail + counts.blocked + (strict ? counts.changed : 0) > 0) return EXIT.FINDINGS;
  if (unreadable.count > 0) return EXIT.USAGE;
  const open = counts.unsupported + counts['not-covered'];
  return open > 0 && failOn !== 'findings' ? EXIT.INCONCLUSIVE : EXIT.CLEAN;
}
