import type { FoundDivergence } from '../results/determinism.js';
import { count } from './terminal/words.js';

const GROUPS: Readonly<Record<string, string>> = {
  clock: 'the clock',
  random: 'another number each time',
  crypto: 'another number each time',
  env: 'the environment',
  'time zone': 'the time zone',
  locale: 'the locale',
  pid: 'the process',
  hostname: 'the machine',
  cwd: 'the working directory',
  'file system': 'the files of the machine',
  latency: 'what it awaits by itself',
};

/** What the guard of this engine does about a divergence. */
export const GUARD = {
  recorded: 'this engine answers with a recorded value, so that nothing differs here; on other engines it does',
  refused: 'this engine refuses the call and blocks the execution',
  unseen: 'this engine does not see it: an execution that is replayed is blocked, or goes another way',
} as const;

/** How a replay differs, as a sentence. */
export function differenceSentence({ expected, actual, difference, prefix }: FoundDivergence): string {
  const after = prefix <= 1 ? 'from its start' : `over ${count(prefix, 'decision')}`;
  if (expected === null && actual === null) return `it does not come through a replay: ${difference}.`;
  if (actual === null) return `replayed ${after}, it asks for less.`;
  if (expected === null) return `replayed ${after}, it asks for more.`;
  if (difference === 'kind' || difference === 'name') return `replayed ${after}, it asks for something else.`;
  return `replayed ${after}, it differs in ${difference}.`;
}

/** What made it differ, and how sure that is: a pair for each of the sources. */
export function causesOf({ blame }: FoundDivergence): readonly (readonly [cause: string, pinned?: string])[] {
  if (blame.length === 0) return [['not known: no source by itself, and no two of them, make it differ again']];
  return blame.map(({ source, group, file, line, confirmed }) => {
    const place = line > 0 ? `, ${file}:${line}` : '';
    const pinned = confirmed
      ? 'with it pinned, 20 of 20 replays agree, whatever else changes'
      : 'it alone makes the replay differ; something else does, too';
    return [`${source === group ? source : `${source}, ${GROUPS[group] ?? group}`}${place}`, pinned];
  });
}
