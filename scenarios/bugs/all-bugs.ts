import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { basename } from 'node:path';
import type { Outcome } from './outcome-of.js';
import type { Bug } from './define-bug.js';

/** What came out when a bug and its twin were searched for the first time, and why, where it is not what it should be. */
export interface FirstRecall {
  readonly buggy: Outcome;
  readonly repaired: Outcome;
  readonly why?: string;
}

export interface SeededBug {
  /** Of its file, from this folder. */
  readonly file: string;
  readonly bug: Bug;
  /** Undefined if it was not searched for yet. */
  readonly first: FirstRecall | undefined;
}

const here = new URL('.', import.meta.url);

/** All seeded bugs, by family and id. */
export async function allBugs(): Promise<readonly SeededBug[]> {
  const found: SeededBug[] = [];
  for (const folder of foldersOf(here)) {
    const recalls = firstRecalls(folder);
    for (const name of readdirSync(new URL(`${folder}/`, here)).sort()) {
      if (!name.endsWith('.ts')) continue;
      const file = `${folder}/${name}`;
      const { default: bug } = (await import(new URL(file, here).pathname)) as { default: Bug };
      found.push({ file, bug, first: recalls[basename(name, '.ts')] });
    }
  }
  return found;
}

/** Of one family: written once, when its bugs were searched for the first time. */
export function firstRecalls(family: string): Readonly<Record<string, FirstRecall>> {
  const file = firstRecallFile(family);
  if (!existsSync(file)) return {};
  return JSON.parse(readFileSync(file, 'utf8')) as Readonly<Record<string, FirstRecall>>;
}

export function firstRecallFile(family: string): URL {
  return new URL(`${family}/first-recall.json`, here);
}

function foldersOf(folder: URL): readonly string[] {
  const folders = readdirSync(folder, { withFileTypes: true }).filter((entry) => entry.isDirectory());
  return folders
    .map(({ name }) => name)
    .filter((name) => name !== 'services')
    .sort();
}
