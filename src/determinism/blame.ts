import { redrawing, type Drawn } from './drawn.js';
import type { Draws } from './draws.js';
import type { Feed } from './feed/feed.js';
import { play, type Diverged, type Played } from './play.js';
import { SOURCES, type Source } from './surroundings/sources.js';
import type { Target } from './target.js';

/** A source that makes a replay differ, and the call that reads it. */
export interface Cause {
  readonly source: Source;
  /** As the guard names it; for what is no call, the source. */
  readonly call: string;
  /** `file:line:column`. */
  readonly location: string;
  /** Whether no replay differed any more with this source pinned and all others perturbed. */
  readonly isConfirmed: boolean;
}

export interface Blamed {
  /** None: no source by itself and no two of them make it differ again. */
  readonly causes: readonly Cause[];
  /** A run that differs by these causes alone. */
  readonly played: Played & { readonly diverged: Diverged };
  readonly drawn: Drawn;
}

export interface BlameOptions {
  readonly target: Target;
  readonly plan: Feed;
  readonly drawn: Drawn;
}

type Reproduced = Omit<Blamed, 'causes'> & { readonly sources: readonly Source[] };

/** Other surroundings that are tried before a source is let go. */
const TRIES = 12;
const PINNED_TRIES = 20;

/**
 * Names what makes a replay differ: perturbs one source at a time, then two, with all others pinned, until the replay
 * differs again. Sources that do so only together are named together.
 */
export async function blame(options: BlameOptions, found: Played & { diverged: Diverged }): Promise<Blamed> {
  const single: Reproduced[] = [];
  const possible = await possibleSources(options);
  for (const source of possible) {
    const again = await reproduced(options, [source]);
    if (again) single.push(again);
  }
  const chosen = single.length > 0 ? single : await firstPair(options, possible);
  const [first] = chosen;
  if (!first) return { causes: [], played: found, drawn: options.drawn };
  const causes: Cause[] = [];
  for (const one of chosen) {
    for (const source of one.sources) causes.push(await located(options, one, source));
  }
  return { causes, played: first.played, drawn: first.drawn };
}

/** Of these nobody hears when they are looked at, or not always. */
const SILENT: ReadonlySet<Source> = new Set(['module state', 'key order', 'time zone']);

/** What was read in the run or in the replay that differs, and what is read without a sign. */
async function possibleSources({ target, plan, drawn }: BlameOptions): Promise<readonly Source[]> {
  const draws = redrawing(drawn, plan);
  const { diverged } = await play({ target, plan, draws, perturbed: new Set(SOURCES), isTraced: true });
  if (!diverged) return SOURCES;
  const read = new Set(diverged.reads.map(({ source }) => source));
  return SOURCES.filter((source) => read.has(source) || SILENT.has(source));
}

async function firstPair(options: BlameOptions, possible: readonly Source[]): Promise<readonly Reproduced[]> {
  for (const [index, one] of possible.entries()) {
    for (const other of possible.slice(index + 1)) {
      const again = await reproduced(options, [one, other]);
      if (again) return [again];
    }
  }
  return [];
}

async function reproduced(options: BlameOptions, sources: readonly Source[]): Promise<Reproduced | undefined> {
  const { target, plan } = options;
  for (let n = 0; n < TRIES; n += 1) {
    const drawn = elsewhere(options.drawn, n);
    const draws = redrawing(drawn, plan);
    const played = await play({ target, plan, draws, perturbed: new Set(sources), isTraced: true });
    const { diverged } = played;
    if (diverged) return { sources, played: { ...played, diverged }, drawn };
  }
  return undefined;
}

/** The same run in other surroundings; the first is the one that was found. */
function elsewhere(drawn: Drawn, n: number): Drawn {
  if (n === 0) return drawn;
  const seed = (drawn.get('surroundings') as number | undefined) ?? 0;
  // A warm-up more, and a delay, where the run as it was found had none.
  const more = n % 2 === 1 ? [['warm-ups', 1 + (n % 3)] as const, ['elapses', 1] as const] : [];
  return new Map([...drawn, ...more, ['surroundings', (seed + n * 7_919) % 1_000_000]]);
}

async function located(options: BlameOptions, { played, drawn, sources }: Reproduced, source: Source): Promise<Cause> {
  const { target, plan } = options;
  const isConfirmed = await agreesWithout(options, source);
  const reads = played.diverged.reads.filter((read) => read.source === source && read.location !== '');
  const places = new Map(reads.map((read) => [read.location, read]));
  const { location = '' } = played.diverged.difference ?? {};
  if (places.size === 0) return { source, call: source, location: observedAt(target, source, location), isConfirmed };
  const [first] = places.values();
  if (places.size === 1) return { ...first!, isConfirmed };
  for (const place of places.values()) {
    const draws: Draws = redrawing(drawn, plan);
    const again = await play({ target, plan, draws, perturbed: new Set(sources), only: place.location });
    if (again.diverged) return { ...place, isConfirmed };
  }
  return { ...first!, isConfirmed };
}

/** Where the code looks at what makes it differ: the nearest such place before the command that differs. */
function observedAt(target: Target, source: Source, location: string): string {
  if (source !== 'module state' && source !== 'key order') return location;
  const places = target.observed?.(source) ?? [];
  const [, file, line] = /^(.*?):(\d+)(?::\d+)?$/.exec(location) ?? [];
  const before = places.filter((place) => place.file === file && place.line <= Number(line));
  const found = before.at(-1) ?? places[0];
  return found ? `${found.file}:${found.line}` : location;
}

async function agreesWithout({ target, plan, drawn }: BlameOptions, source: Source): Promise<boolean> {
  const perturbed = new Set(SOURCES.filter((one) => one !== source));
  for (let n = 0; n < PINNED_TRIES; n += 1) {
    const { diverged } = await play({ target, plan, draws: redrawing(elsewhere(drawn, n), plan), perturbed });
    if (diverged) return false;
  }
  return true;
}
