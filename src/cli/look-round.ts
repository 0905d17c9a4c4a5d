import { basename, join } from 'node:path';
import { setTimeout as wait } from 'node:timers/promises';
import type { LookRoundResult } from '../results/index.js';
import { findDatabases } from './find-databases.js';
import { findPackage, readManifest } from './find-package.js';
import { DEMONSTRATION, scenarioIn, scenariosUnder } from './find-scenarios.js';
import { KNOWN_ENGINES } from './known-engines.js';
import { shellWord } from './shell-word.js';

/** `newest`: of the databases, which the result lists by name. */
type Found = { -readonly [K in keyof Omit<LookRoundResult, 'schema' | 'next'>]: LookRoundResult[K] } & {
  newest?: string | undefined;
};

const LONGEST_MS = 2_000;

/** What a directory is, read off its files for at most two seconds. Nothing in it is executed. */
export async function lookRound(directory: string): Promise<LookRoundResult> {
  const found: Found = { package: null, engines: [], scenarios: [], databases: [] };
  const over = new AbortController();
  const looks = Promise.all([lookAtPackage(directory, found), lookForDatabases(directory, found, over.signal)]);
  found.scenarios = scenariosHere(directory);
  await Promise.race([looks, wait(LONGEST_MS, undefined, { signal: over.signal }).catch(() => {})]);
  over.abort();
  const { newest: _, ...data } = found;
  return { schema: 'crashwise/look-round@1', ...data, next: nextCommands(found) };
}

// As `simulate` takes them: a file that lies here by its path, those under scenarios/ by their names.
function scenariosHere(directory: string): string[] {
  const own = scenarioIn(directory);
  return [
    ...(own === undefined ? [] : [`./${basename(own)}`]),
    ...scenariosUnder(directory, false).map(({ target }) => target),
  ];
}

async function lookAtPackage(directory: string, found: Found): Promise<void> {
  const nearest = await findPackage(directory);
  if (!nearest) return;
  const { folder, manifest } = nearest;
  found.package = { name: manifest.name ?? 'a package without a name', version: manifest.version ?? null };
  const wanted = Object.entries({ ...manifest.devDependencies, ...manifest.dependencies }).sort();
  for (const [name, range] of wanted) {
    const engine = KNOWN_ENGINES.find((known) => known.package.test(name))?.engine;
    if (engine === undefined) continue;
    const installed = await readManifest(join(folder, 'node_modules', name));
    const version = installed?.version ?? range;
    found.engines.push({ engine, package: name, version, installed: installed !== undefined });
  }
}

async function lookForDatabases(directory: string, found: Found, over: AbortSignal): Promise<void> {
  const names = await findDatabases(directory, over);
  found.newest = names[0];
  found.databases = [...names].sort();
}

// As they are pasted where crashwise is no command of the shell: after a clone, and where a project has it.
function nextCommands({ scenarios, newest }: Found): LookRoundResult['next'] {
  const [scenario] = scenarios.map(shellWord);
  const named = scenarios.filter((target) => !target.startsWith('./')).length;
  const rows = [
    ...(scenario === undefined ? [] : [{ command: `simulate ${scenario}`, text: 'crash it at every point' }]),
    ...(named > 1 ? [{ command: 'simulate', text: `crash all ${named} scenarios` }] : []),
    ...(newest === undefined
      ? []
      : [{ command: `engine list --db ${shellWord(newest)}`, text: 'where its executions stand' }]),
    ...(scenario === undefined ? [{ command: `simulate ${DEMONSTRATION}`, text: 'crash the shipped scenario' }] : []),
    ...(scenario === undefined ? [{ command: 'init', text: 'write a first scenario' }] : []),
    { command: 'simulate --list', text: 'what scenarios there are' },
  ];
  return rows.slice(0, 3).map(({ command, text }) => ({ command: `npx crashwise ${command}`, text }));
}
