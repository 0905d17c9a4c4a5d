import fc from 'fast-check';
import { blame, type Blamed } from './blame.js';
import { drawing, redrawing, type Drawn } from './drawn.js';
import type { Feed } from './feed/feed.js';
import { guardOn, type GuardAnswer } from './guard-on.js';
import { play, type Diverged, type Played } from './play.js';
import { SOURCES } from './surroundings/sources.js';
import { numberOf } from './surroundings/surroundings.js';
import type { Target } from './target.js';

/** A cause of divergence, with the smallest run that shows it. */
export interface Found {
  readonly blamed: Blamed;
  readonly guard: GuardAnswer;
  /** The run that found it, from 1. */
  readonly run: number;
  /** What leads there again with the same seed. */
  readonly path: string;
}

export interface Searched {
  readonly runs: number;
  readonly prefixes: number;
  readonly commands: number;
  /** Runs that came to the end of the workflow. */
  readonly ended: number;
  /** Runs in which the workflow waited for what never came. */
  readonly stalled: number;
  readonly found: readonly Found[];
  readonly stoppedBy: 'runs' | 'time' | 'interrupted' | 'findings' | 'path';
  /** What activities threw a TypeError or the like: runs that say nothing. */
  readonly failures: ReadonlyMap<string, number>;
}

export interface SearchOptions {
  readonly target: Target;
  readonly plan: Feed;
  readonly seed: string;
  readonly maxRuns: number;
  /** One run again, as `Found.path` names it. */
  readonly path?: string | undefined;
  /** What earlier searches have found: runs first. */
  readonly saved?: readonly Drawn[] | undefined;
  /** Only these of the checks that a whole search makes: the i-th of n shares, from 1. */
  readonly shard?: { readonly index: number; readonly of: number } | undefined;
  /** What is known and let pass: it is told, and does not end the search. */
  readonly isAccepted?: ((found: Found) => boolean) | undefined;
  readonly stopped: () => 'time' | 'interrupted' | undefined;
  readonly onProgress?: ((runs: number) => void) | undefined;
}

/** fast-check takes the first runs of a check from near the edges, and later ones less so: so there is more than one check. */
const RUNS_PER_CHECK = 100;
const MAX_SHRINKS = 150;
/** Causes in one workflow. With more of them, the first have to be mended anyway. */
const MAX_FOUND = 4;
/** Divergences that may come to the same cause. */
const MAX_SEEN = 12;

type Failed = Played & { readonly diverged: Diverged };

/** Runs a workflow over and over, each time with all of its surroundings changed between the run and its replays. */
export async function searchTarget(options: SearchOptions): Promise<Searched> {
  const { target, plan, seed, maxRuns, stopped, onProgress } = options;
  const all = new Set(SOURCES);
  const known = new Set<string>();
  const found = new Map<string, Found>();
  const failures = new Map<string, number>();
  let [runs, prefixes, commands, ended, stalled, shrinks] = [0, 0, 0, 0, 0, 0];
  let [seen, open] = [0, 0];
  let end: Searched['stoppedBy'] | undefined;
  let thrown: { readonly error: unknown } | undefined;
  let failed: { played: Failed; drawn: Drawn } | undefined;

  const property = fc.asyncProperty(fc.gen(), async (draw) => {
    if (thrown || (failed && (shrinks += 1) > MAX_SHRINKS)) return true;
    const drawn = new Map<string, unknown>();
    // Now and then as on this engine itself.
    const guard = runs % 10 === 9 ? 'guarded' : 'traced';
    const draws = drawing(draw, plan, drawn);
    const played = await play({ target, plan, draws, perturbed: all, guard }).catch((error: unknown) => {
      thrown = { error }; // Of the plan, or of a module at its import: no divergence, and nothing to shrink.
      throw error;
    });
    if (!failed) count(played);
    const { diverged } = played;
    if (!diverged || known.has(signatureOf(diverged))) return true;
    failed = { played: { ...played, diverged }, drawn };
    return false;
  });

  function count({ recording, prefixes: replayed, commands: compared }: Played): void {
    runs += 1;
    prefixes += replayed;
    commands += compared * Math.max(replayed, 1);
    if (recording.isDone) ended += 1;
    if (recording.isStalled) stalled += 1;
    const last = recording.history.at(-1);
    const ending = last?.type === 'decided' ? last.commands.at(-1) : undefined;
    const text = recording.blocked
      ? `${recording.blocked.code}: ${recording.blocked.message}`
      : ending?.kind === 'fail' && ending.failure.name !== 'ActivityFailure'
        ? `${ending.failure.name}: ${ending.failure.message}`
        : undefined;
    if (text !== undefined) failures.set(text, (failures.get(text) ?? 0) + 1);
    if (runs % 20 === 0) onProgress?.(runs);
  }

  async function check(batch: string, numRuns: number, path?: string): Promise<void> {
    failed = undefined;
    shrinks = 0;
    const before = runs;
    const { counterexamplePath } = await fc.check(property, {
      seed: Math.floor(numberOf(`fuzz/${seed}/${target.workflow}/${batch}`) * 2 ** 31),
      numRuns,
      ...(path === undefined ? {} : { path }),
    });
    if (thrown) throw thrown.error;
    if (!failed) return;
    // The first of its numbers is the run; shrinking goes the same way again.
    const [name = '0'] = (path ?? counterexamplePath ?? '').split(':');
    await keep(failed, before + Number(name) + 1, `${batch}:${name}`);
  }

  async function keep({ played, drawn }: { played: Failed; drawn: Drawn }, run: number, path: string): Promise<void> {
    known.add(signatureOf(played.diverged));
    const blamed = await blame({ target, plan, drawn }, played);
    const key = keyOf(blamed);
    const earlier = found.get(key);
    const one = earlier ?? { blamed, guard: await guardOn({ target, plan }, blamed), run, path };
    if (!options.isAccepted?.(one)) {
      seen += 1;
      if (!earlier) open += 1;
    }
    found.set(key, one);
  }

  async function rerun(drawn: Drawn): Promise<void> {
    const played = await play({ target, plan, draws: redrawing(drawn, plan), perturbed: all });
    count(played);
    const { diverged } = played;
    if (diverged && !known.has(signatureOf(diverged)))
      await keep({ played: { ...played, diverged }, drawn }, runs, 'saved');
  }

  if (options.path !== undefined) {
    const [batch = '0', ...rest] = options.path.split(':');
    await check(batch, RUNS_PER_CHECK, rest.join(':'));
    end = 'path';
  }
  for (const drawn of end ? [] : (options.saved ?? [])) await rerun(drawn);
  const { index, of } = options.shard ?? { index: 1, of: 1 };
  const checks = Math.ceil(maxRuns / RUNS_PER_CHECK);
  for (let batch = index - 1; end === undefined && batch < checks; batch += of) {
    // A check ends with the first run that differs; another one takes up what is left of it.
    let left = Math.min(RUNS_PER_CHECK, maxRuns - batch * RUNS_PER_CHECK);
    for (let part = 0; end === undefined && left > 0; part += 1) {
      const before = runs;
      await check(`${batch}.${part}`, left);
      left -= Math.max(runs - before, 1);
      end = stopped() ?? (open >= MAX_FOUND || seen >= MAX_SEEN ? 'findings' : undefined);
    }
  }
  return { runs, prefixes, commands, ended, stalled, found: [...found.values()], failures, stoppedBy: end ?? 'runs' };
}

function signatureOf({ error, difference }: Diverged): string {
  if (!difference) return `${error.code} ${error.message.replaceAll(/\d+/g, '')}`;
  const { location, expected, actual } = difference;
  return `${location} ${expected?.kind} ${actual?.kind} ${difference.difference}`;
}

/** What two divergences have in common that come of one cause. */
export function keyOf({ causes, played }: Blamed): string {
  if (causes.length === 0) return signatureOf(played.diverged);
  return causes
    .map(({ call, location }) => `${call} ${location}`)
    .sort()
    .join(', ');
}
