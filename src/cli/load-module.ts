import { once } from 'node:events';
import { existsSync, realpathSync } from 'node:fs';
import { join } from 'node:path';
import type { Jiti } from 'jiti';
import * as engine from '../engine/index.js';
import * as conformance from '../engine/store/conformance.js';
import * as crashwise from '../index.js';
import * as results from '../results/index.js';
import * as simulator from '../simulator/index.js';
import { cliError } from './errors.js';
import { importChain } from './import-chain.js';
import { shownPath } from './shown-path.js';

// One copy: a workflow that was made by another engine would be outside of the scope of this one.
const OWN = {
  crashwise,
  'crashwise/engine': engine,
  'crashwise/engine/conformance': conformance,
  'crashwise/simulator': simulator,
  'crashwise/results': results,
};

/**
 * Loads a module of the user's as it is found: TypeScript or JavaScript, ESM or CommonJS, with the paths of its
 * tsconfig. Throws `module-not-loaded`, which names the file, what was thrown, and the imports that led there.
 */
export async function loadModule(file: string): Promise<Readonly<Record<string, unknown>>> {
  if (!existsSync(file)) {
    const hint = 'Correct the path; a relative one is looked up from the current directory.';
    throw cliError('module-not-loaded', `There is no file ${file}.`, { hint });
  }
  const path = realpathSync(file); // As it stands in stacks.
  try {
    return await settledOrStalled((await loaderFor(path)).import<Record<string, unknown>>(path));
  } catch (error) {
    const { what, chain } = importChain(error, path);
    const way = chain.length > 1 ? [`by way of ${chain.join(' > ')}`] : chain.map((place) => `at ${place}`);
    const message = [`${shownPath(path)} could not be loaded. ${what}`, ...way].join('\n');
    throw cliError('module-not-loaded', message, { cause: error });
  }
}

async function loaderFor(path: string): Promise<Jiti> {
  const { createJiti } = await import('jiti');
  try {
    return createJiti(path, { virtualModules: OWN, tsconfigPaths: true, fsCache: cacheFolder() });
  } catch (error) {
    throw new Error('Its tsconfig.json cannot be read', { cause: error });
  }
}

// Where caches of a project lie by custom. Without node_modules nothing is written; jiti's own default is a folder in
// /tmp that other users may write to, too.
function cacheFolder(): string | false {
  return existsSync('node_modules') ? join(process.cwd(), 'node_modules/.cache/crashwise') : false;
}

// A module that awaits for ever at its top level would let the process end in silence.
async function settledOrStalled<T>(loading: Promise<T>): Promise<T> {
  const stop = new AbortController();
  const { signal } = stop;
  const stalled = once(process, 'beforeExit', { signal }).then(() => {
    throw new Error('It awaits something at its top level that never comes.');
  });
  stalled.catch(() => {}); // Aborted, once the module is there.
  try {
    return await Promise.race([loading, stalled]);
  } finally {
    stop.abort();
  }
}
