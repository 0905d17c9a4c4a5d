import type { Fault } from './fault.js';
import type { Call } from './life.js';

const EDGES = ['edge-before', 'edge-at', 'edge-after'] as const;
const PAUSES = ['pause-before', 'pause-after'] as const;

/** What may go wrong with this call, of what may go wrong at all, in the order in which schedules count it. */
export function faultsOf(
  { called, faults }: Call,
  options: {
    readonly among: ReadonlySet<Fault>;
    /** The process may stand still, and another takes over. */
    readonly mayPause: boolean;
    /** Whether there is a deadline ahead, that the answer can be late for. */
    readonly isAwaited: () => boolean;
  },
): readonly Fault[] {
  const { among, mayPause, isAwaited } = options;
  const possible: Fault[] = faults().kinds.filter((kind) => among.has(kind));
  const edges = called.site.kind === 'other' ? [] : EDGES.filter((kind) => among.has(kind));
  if (edges.length > 0 && isAwaited()) possible.push(...edges);
  if (mayPause) possible.push(...PAUSES.filter((kind) => among.has(kind)));
  return possible;
}
