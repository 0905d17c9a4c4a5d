import { open, readdir, readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { setTimeout as wait } from 'node:timers/promises';
import type { LookRoundResult } from '../results/index.js';
import { scenariosUnder } from './find-scenarios.js';
import { KNOWN_ENGINES } from './known-engines.js';
import { PACKAGE_ROOT } from './package-root.js';

type Found = { -readonly [K in keyof Omit<LookRoundResult, 'schema' | 'next'>]: LookRoundResult[K] };

const LONGEST_MS = 2_000;

/** What a directory is, read off its files for at most two seconds. Nothing in it is executed. */
export async function lookRound(directory: string): Promise<LookRoundResult> {
  const found: Found = { package: null, engines: [], scenarios: [], databases: [] };
  const over = new AbortController();
  const looks = Promise.all([lookAtPackage(directory, found), lookForDatabases(directory, found, over.signal)]);
  found.scenarios = scenariosUnder(directory, false).map(({ name }) => name);
  await Promise.race([looks, wait(LONGEST_MS, undefined, { signal: over.signal }).catch(() => {})]);
  over.abort();
  return { schema: 'crashwise/look-round@1', ...found, next: nextCommands(found) };
}

interface Manifest {
  readonly name?: string;
  readonly version?: string;
  readonly dependencies?: Readonly<Record<string, string>>;
  readonly devDependencies?: Readonly<Record<string, string>>;
}

async function lookAtPackage(directory: string, found: Found): Promise<void> {
  const manifest = await readManifest(join(directory, 'package.json'));
  if (!manifest) return;
  found.package = { name: manifest.name ?? 'a package without a name', version: manifest.version ?? null };
  const wanted = Object.entries({ ...manifest.devDependencies, ...manifest.dependencies }).sort();
  for (const [name, range] of wanted) {
    const engine = KNOWN_ENGINES.find((known) => known.package.test(name))?.engine;
    if (engine === undefined) continue;
    const installed = await readManifest(join(directory, 'node_modules', name, 'package.json'));
    const version = installed?.version ?? range;
    found.engines.push({ engine, package: name, version, installed: installed !== undefined });
  }
}

async function readManifest(file: string): Promise<Manifest | undefined> {
  try {
    return JSON.parse(await readFile(file, 'utf8')) as Manifest;
  } catch {
    return undefined;
  }
}

async function lookForDatabases(directory: string, found: Found, over: AbortSignal): Promise<void> {
  const names = (await readdir(directory)).filter((name) => /\.(?:db|sqlite3?)$/.test(name)).sort();
  for (const name of names) {
    if (over.aborted) return;
    if (await isOurs(join(directory, name))) found.databases.push(name);
  }
}

// The application id in the header of an SQLite file, as the engine sets it.
async function isOurs(path: string): Promise<boolean> {
  const file = await open(path).catch(() => undefined);
  try {
    const read = await file?.read(Buffer.alloc(4), 0, 4, 68);
    return read?.buffer.toString('latin1') === 'CrWs';
  } catch {
    return false;
  } finally {
    await file?.close();
  }
}

function nextCommands({ scenarios, databases }: Found): LookRoundResult['next'] {
  const [scenario] = scenarios;
  const [database] = databases;
  const shipped = scenariosUnder(PACKAGE_ROOT, true)[0]?.name ?? '';
  return [
    ...(scenario === undefined ? [] : [{ command: `crashwise simulate ${scenario}`, text: 'crash it at every point' }]),
    ...(scenarios.length > 1
      ? [{ command: 'crashwise simulate', text: `crash all ${scenarios.length} scenarios` }]
      : []),
    ...(database === undefined
      ? []
      : [{ command: `crashwise engine list --db ${database}`, text: 'where its executions stand' }]),
    ...(scenario === undefined
      ? [{ command: `crashwise simulate ${shipped}`, text: 'crash the scenario that comes with crashwise' }]
      : []),
    { command: 'crashwise simulate --list', text: 'the scenarios and what is expected of them' },
  ].slice(0, 3);
}
