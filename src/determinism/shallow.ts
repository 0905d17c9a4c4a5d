import type { Covered } from './branches/coverage.js';
import type { Feed } from './feed/feed.js';
import { shownPath } from '../loader/shown-path.js';
import type { Searched } from './search-target.js';

export interface Evidence {
  readonly searched: Pick<Searched, 'runs' | 'stalled' | 'failures' | 'stoppedBy'>;
  readonly covered: Pick<Covered, 'hit' | 'of'>;
  readonly open: Feed['open'];
  /** Why no types were read. */
  readonly problem?: string | undefined;
  /** Files whose branches could not be counted. */
  readonly unread: readonly string[];
}

/** What is thrown by mistake, and not by a `throw` that means it; and the codes of what blocks an execution. */
const MISTAKE = /^(?:(?:Type|Reference|Range|Syntax|URI|Eval|Crashwise)Error|[a-z-]+): /;
/** Of all branches: with fewer of them, and a source that is not known, a search says nothing. */
const ENOUGH = 3 / 4;
/** The same where all sources are given: the rest of the branches may be for what never comes. */
const ENOUGH_OF_KNOWN = 1 / 2;

/** Why runs that found nothing say nothing: they came to an early end, or went through too little of the code. */
export function shallow({ searched, covered, open, problem, unread }: Evidence): readonly string[] {
  const { runs, stalled, failures, stoppedBy } = searched;
  const { hit, of } = covered;
  if (runs === 0) return ['no run was made'];
  const missing = missingText(open);
  const mistakes = [...failures].filter(([text]) => MISTAKE.test(text)).sort(([, a], [, b]) => b - a);
  const mistaken = mistakes.reduce((sum, [, count]) => sum + count, 0);
  const reasons = unread.map((file) => `the branches of ${shownPath(file)} could not be counted`);
  if (of === 0 && reasons.length === 0)
    reasons.push('its branches could not be counted: none of its code is in a file of yours');
  if (mistaken > runs / 2) {
    reasons.push(`shallow: ${mistaken} of ${runs} runs end in an error of its own, ${mistakes[0]![0]}`);
  } else if (stalled > runs / 2 && hit < of) {
    reasons.push(
      `shallow: ${hit} of ${of} branches; ${stalled} of ${runs} runs wait for what never comes (config: \`signals\`)`,
    );
  } else if (stoppedBy !== 'path' && hit < of * (missing === '' ? ENOUGH_OF_KNOWN : ENOUGH)) {
    reasons.push(`shallow: ${hit} of ${of} branches`);
    if (missing === '') reasons.push('what the config gives leads no further');
  } else return reasons;
  if (missing === '') return reasons;
  return [...reasons, missing, ...(problem === undefined ? [] : [problem])];
}

function missingText(open: Feed['open']): string {
  const activities = (from: string): readonly string[] =>
    Object.keys(open).flatMap((name) => (name.startsWith('results.') && open[name] === from ? [name.slice(8)] : []));
  const returns = (names: readonly string[], said: string): readonly string[] =>
    names.length === 0
      ? []
      : [`${said} ${listed(names)} ${names.length === 1 ? 'returns' : 'return'} (config: \`results\`)`];
  return [
    ...returns(activities('none'), 'nothing says what'),
    ...returns(activities('types'), 'only the types say what'),
    ...(open['input'] === 'none' ? ['nothing says what the input is (config: `input`)'] : []),
    ...(open['input'] === 'types' ? ['only its type says what the input is (config: `input`)'] : []),
  ].join('; ');
}

const MAX_NAMES = 3;

function listed(names: readonly string[]): string {
  const more = names.length - MAX_NAMES;
  return `${names
    .slice(0, MAX_NAMES)
    .map((name) => `"${name}"`)
    .join(', ')}${more > 0 ? ` and ${more} more` : ''}`;
}
