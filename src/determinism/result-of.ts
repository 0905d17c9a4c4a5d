import { ADVICE } from './advice.js';
import { shownPath } from '../loader/shown-path.js';
import type { DeterminismTarget, FoundDivergence } from '../results/index.js';
import type { Covered } from './branches/coverage.js';
import type { Feed } from './feed/feed.js';
import { shallow } from './shallow.js';
import { keyOf, type Found, type Searched } from './search-target.js';

export interface ResultOptions {
  readonly workflow: string;
  readonly file: string;
  readonly seed: string;
  readonly feed: Feed;
  readonly portable: boolean;
  /** By signature, what a baseline lets pass. */
  readonly accepted: ReadonlySet<string>;
  readonly covered: Covered;
  /** Files whose branches could not be counted. */
  readonly unread: readonly string[];
}

/** A search as a result. */
export function resultOf(searched: Searched, options: ResultOptions): DeterminismTarget {
  const { workflow, file, feed, covered, unread } = options;
  const divergences = searched.found.map((one) => divergenceOf(one, options));
  const counts = divergences.some(({ standing }) => standing === 'finding');
  const reasons = counts ? [] : shallow({ searched, covered, open: feed.open, problem: feed.problem, unread });
  return {
    workflow,
    file: shownPath(file),
    runtime: 'reference',
    verdict: counts ? 'divergent' : reasons.length > 0 ? 'inconclusive' : 'no-divergence',
    runs: searched.runs,
    prefixes: searched.prefixes,
    commandsCompared: searched.commands,
    stoppedBy: searched.stoppedBy,
    ended: searched.ended,
    coverage: {
      branches: { hit: covered.hit, of: covered.of },
      uncovered: covered.uncovered.map((place) => ({ file: shownPath(place.file), line: place.line })),
    },
    sources: { ...feed.sources },
    reasons: [...reasons],
    divergences,
  };
}

function divergenceOf(found: Found, { workflow, file, seed, portable, accepted }: ResultOptions): FoundDivergence {
  const { blamed, guard, path, run } = found;
  const { recording, diverged } = blamed.played;
  const { difference, error, decision, prefix } = diverged;
  const signature = signatureFor(found);
  const location = placeOf(difference?.location ?? '');
  const started = recording.history[0]!;
  const shown = shownPath(file);
  // What was saved runs first by itself.
  const way = path === 'saved' ? '' : ` --path ${path}`;
  const again = `npx crashwise fuzz ${shown} --only ${workflow} --seed ${seed}${way}`;
  return {
    signature,
    at: decision,
    command: difference?.command ?? 1,
    expected: difference?.expected ?? null,
    actual: difference?.actual ?? null,
    expectedAll: [...(difference?.expectedAll ?? [])],
    actualAll: [...(difference?.actualAll ?? [])],
    difference: difference?.difference ?? error.code,
    message: error.message.replaceAll(`${process.cwd()}/`, ''),
    ...(location ? { location } : {}),
    input: started.type === 'started' ? (started.input ?? null) : null,
    prefix,
    history: recording.history.slice(0, recording.prefixes[prefix - 1] ?? recording.history.length) as never,
    guard,
    guardWouldStop: guard !== 'unseen',
    portability: guard === 'recorded',
    standing: accepted.has(signature) ? 'accepted' : guard === 'recorded' && !portable ? 'harmless' : 'finding',
    blame: blamed.causes.map(({ source, call, location: at, isConfirmed }) => ({
      source: call,
      group: source,
      ...(placeOf(at) ?? { file: shown, line: 0 }),
      confirmed: isConfirmed,
      ...ADVICE[source],
    })),
    run,
    reproduce: { command: again, test: testOf(workflow, shown, seed, path) },
  };
}

/** The same for all runs that differ for one cause, from wherever it is run. */
export function signatureFor({ blamed }: Found): string {
  return keyOf(blamed).replaceAll(`${process.cwd()}/`, '');
}

function placeOf(location: string): { file: string; line: number } | undefined {
  const [, file, line] = /^(.*?):(\d+)(?::\d+)?$/.exec(location) ?? [];
  return file === undefined ? undefined : { file: shownPath(file), line: Number(line) };
}

function testOf(workflow: string, file: string, seed: string, path: string): string {
  return [
    `import { fuzz } from 'crashwise/determinism';`,
    `import { expect, test } from 'vitest';`,
    '',
    `test('${workflow} is deterministic', async () => {`,
    `  const only = (name: string) => name === '${workflow}';`,
    `  const { targets } = await fuzz({ files: ['${file}'], only, seed: '${seed}', path: '${path}', portable: true });`,
    `  expect(targets[0]!.divergences).toEqual([]);`,
    `});`,
    '',
  ].join('\n');
}
