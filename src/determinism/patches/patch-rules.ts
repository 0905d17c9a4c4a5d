import type { PatchReport } from '../../results/index.js';

/** What is known of a patch from histories and code. */
export interface PatchFacts extends Pick<PatchReport, 'seen' | 'absentThoughReached' | 'unclear'> {
  /** Calls in the code of today. */
  readonly calls: { readonly patched: number; readonly deprecatePatch: number };
  /** Open histories of the workflows that it stands in. */
  readonly open: number;
}

export interface PatchRule {
  readonly id: string;
  readonly verdict: PatchReport['verdict'];
  readonly when: (facts: PatchFacts) => boolean;
  /** What was found, and what to do. */
  readonly reason: (facts: PatchFacts) => string;
  /** The condition in words, for the guide. */
  readonly condition: string;
  /** Why it says so, for the guide. */
  readonly why: string;
}

/**
 * Which branch of a patch may go. The first rule that holds decides. What must stay is said first, then what is not known;
 * that something may go is said last, and never for want of a sign that it is needed.
 */
export const PATCH_RULES: readonly PatchRule[] = [
  {
    id: 'old-branch-in-use',
    verdict: 'keep',
    condition: '`patched()` is called, and an open execution went past the call without a marker',
    why: 'It goes the old branch to its end, as an execution gets one answer for its whole life.',
    when: ({ calls, absentThoughReached }) => calls.patched > 0 && absentThoughReached.open > 0,
    reason: ({ absentThoughReached }) => `${open(absentThoughReached.open)} on the old branch.`,
  },
  {
    id: 'old-branch-gone-too-early',
    verdict: 'keep',
    condition: 'no `patched()` is left, and an open execution went past `deprecatePatch()` without a marker',
    why: 'The branch that it is on is gone. Put it back, with `patched()`.',
    when: ({ absentThoughReached }) => absentThoughReached.open > 0,
    reason: ({ absentThoughReached }) =>
      `${open(absentThoughReached.open)} on the old branch, which is gone: put it back, with patched().`,
  },
  {
    id: 'call-gone-too-early',
    verdict: 'keep',
    condition: 'no call is left, and an open execution holds a marker of `patched()`',
    why: 'The engine refuses a marker that nobody asks for, unless `deprecatePatch()` recorded it. Put that call back.',
    when: ({ calls, seen }) => calls.patched + calls.deprecatePatch === 0 && seen.open.patched > 0,
    reason: ({ seen }) =>
      `${holds(seen.open.patched)} a marker of patched(), and no call is left: put deprecatePatch() back.`,
  },
  {
    id: 'marker-needs-call',
    verdict: 'keep',
    condition: 'only `deprecatePatch()` is called, and an open execution holds a marker of `patched()`',
    why: 'Without the call the engine refuses that marker. Wait until such executions have ended.',
    when: ({ calls, seen }) => calls.patched === 0 && seen.open.patched > 0,
    reason: ({ seen }) =>
      `${holds(seen.open.patched)} a marker of patched(), which needs the call of deprecatePatch().`,
  },
  {
    id: 'not-reached',
    verdict: 'unknown',
    condition: 'no history comes to the call, and none holds a marker',
    why: 'A marker is absent as well where the call was never run. That proves nothing.',
    when: ({ seen, absentThoughReached }) => markers(seen) === 0 && absentThoughReached.closed === 0,
    reason: () => 'No history comes to the call, so that none says anything of it.',
  },
  {
    id: 'replay-fails',
    verdict: 'unknown',
    condition: 'an open execution does not replay, and no marker says which way it went',
    why: 'Where it would have come to the call is not known.',
    when: ({ unclear }) => unclear.open > 0,
    reason: ({ unclear }) =>
      `${unclear.open === 1 ? '1 open execution does' : `${unclear.open} open executions do`} not replay: which way ` +
      'they need is not known. See crashwise replay.',
  },
  {
    id: 'gone',
    verdict: 'delete',
    condition: 'no call is left, and no open execution needs one',
    why: 'Nothing is left to do. Markers of `deprecatePatch()` are passed over.',
    when: ({ calls }) => calls.patched + calls.deprecatePatch === 0,
    reason: () => 'No call is left, and no open execution needs one: it is done.',
  },
  {
    id: 'new-way-not-seen',
    verdict: 'unknown',
    condition: '`patched()` is called, and no history holds a marker',
    why: 'As long as nothing shows that this code runs anywhere, executions still start on the old branch.',
    when: ({ calls, seen }) => calls.patched > 0 && markers(seen) === 0,
    reason: () => 'All that came to the call went the old way: nothing shows that this code runs anywhere yet.',
  },
  {
    id: 'no-open-executions',
    verdict: 'unknown',
    condition: 'no open execution is among the histories',
    why: 'It is the open ones that need an old branch. That there are none cannot be told from closed ones.',
    when: ({ open: count }) => count === 0,
    reason: () => 'No open execution is among the histories. Give those, too; if there are none, it may go.',
  },
  {
    id: 'all-on-new-branch',
    verdict: 'deprecate',
    condition: '`patched()` is called, a marker was seen, and no open execution is on the old branch',
    why: 'Open executions hold the marker, or come to the call later and take the new branch then.',
    when: ({ calls }) => calls.patched > 0,
    reason: ({ seen, absentThoughReached }) =>
      `No open execution is on the old branch, and ${figures(markers(seen), 'history', 'histories')} took the new one: ` +
      `drop the old one, and call deprecatePatch().${closed(absentThoughReached.closed, 'went the old way')}`,
  },
  {
    id: 'deprecation-not-seen',
    verdict: 'unknown',
    condition: 'only `deprecatePatch()` is called, and no history holds a marker of it',
    why: 'As long as nothing shows that this code runs anywhere, executions may still record markers that need the call.',
    when: ({ seen }) => seen.open.deprecatePatch + seen.closed.deprecatePatch === 0,
    reason: () => 'No history holds a marker of deprecatePatch(): nothing shows that this code runs anywhere yet.',
  },
  {
    id: 'all-deprecated',
    verdict: 'delete',
    condition: 'only `deprecatePatch()` is called, a marker of it was seen, and no open execution holds another one',
    why: 'Markers of `deprecatePatch()` are passed over where the call is gone.',
    when: () => true,
    reason: ({ seen }) =>
      `No open execution holds a marker of patched(): delete the call.${closed(seen.closed.patched, 'hold one')}`,
  },
];

/** The first rule that holds. The last one always does. */
export function ruleFor(facts: PatchFacts): PatchRule {
  return PATCH_RULES.find(({ when }) => when(facts))!;
}

function markers({ open: one, closed: other }: PatchFacts['seen']): number {
  return one.patched + one.deprecatePatch + other.patched + other.deprecatePatch;
}

function open(count: number): string {
  return count === 1 ? '1 open execution is' : `${count} open executions are`;
}

function holds(count: number): string {
  return count === 1 ? '1 open execution holds' : `${count} open executions hold`;
}

function figures(count: number, one: string, many: string): string {
  return `${count} ${count === 1 ? one : many}`;
}

// They go on with nothing, and yet a query replays them.
function closed(count: number, did: string): string {
  if (count === 0) return '';
  return ` ${figures(count, 'closed history', 'closed histories')} ${did}: queries and replays of those fail from then on.`;
}
