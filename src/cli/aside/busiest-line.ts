import type { Profiler } from 'node:inspector';
import { shownPath } from '../../loader/shown-path.js';
import { isUsers } from '../../loader/user-place.js';
import { filePath } from './file-path.js';

/**
 * The line of the user's that a profile saw most often at work, as `file:line`; '' if it saw none. Where a library was at
 * work it is the function that called it.
 */
export function busiestLine({ nodes }: Pick<Profiler.Profile, 'nodes'>): string {
  const parents = new Map(nodes.flatMap((node) => (node.children ?? []).map((child) => [child, node] as const)));
  const seen = new Map<string, number>();
  for (const node of nodes) {
    let [at, ticks]: [Profiler.ProfileNode | undefined, readonly Profiler.PositionTickInfo[]] = [
      node,
      node.positionTicks ?? [],
    ];
    while (at && !isUsers(filePath(at.callFrame.url))) {
      at = parents.get(at.id);
      ticks = at ? [{ line: at.callFrame.lineNumber + 1, ticks: node.hitCount ?? 0 }] : [];
    }
    if (!at) continue;
    for (const { line, ticks: count } of ticks) {
      const place = `${shownPath(filePath(at.callFrame.url))}:${line}`;
      seen.set(place, (seen.get(place) ?? 0) + count);
    }
  }
  const [busiest] = [...seen].sort(([, one], [, other]) => other - one);
  return busiest && busiest[1] > 0 ? busiest[0] : '';
}
