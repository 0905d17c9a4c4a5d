// Plants each bug of test/generated/planted.ts in a copy of the engine and lets the property tests look for it:
// `node scripts/planted-bugs.mjs [--seconds 30] [--seed 1] [--engine src/engine] [name ...]`. Fails if one is not found in time, or if the
// tests find something in the engine as it is. The engine is searched for as long as each of its copies.

import { execFile } from 'node:child_process';
import { cp, mkdtemp, readFile, rm, symlink, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath, pathToFileURL } from 'node:url';
import { parseArgs, promisify } from 'node:util';

const run = promisify(execFile);
const project = fileURLToPath(new URL('..', import.meta.url));
const { values, positionals } = parseArgs({
  allowPositionals: true,
  options: {
    seconds: { type: 'string', default: '30' },
    seed: { type: 'string', default: '1' },
    engine: { type: 'string' },
  },
});
const limitMs = Number(values.seconds) * 1_000;
const root = await mkdtemp(join(tmpdir(), 'crashwise-planted-'));

/** Translates sources to JavaScript beside them, without looking at types: the mutants need not have good ones. */
async function translate(folder, include) {
  const compilerOptions = {
    target: 'ES2023',
    module: 'NodeNext',
    noCheck: true,
    types: [],
    rootDir: '.',
    outDir: 'out',
  };
  await writeFile(join(folder, 'tsconfig.json'), JSON.stringify({ compilerOptions, include }));
  await writeFile(join(folder, 'package.json'), '{ "type": "module" }');
  await run(process.execPath, [join(project, 'node_modules/typescript/bin/tsc'), '-p', folder]);
}

async function copyOf(name) {
  const folder = join(root, name.replaceAll(/\W+/g, '-'));
  await cp(values.engine ?? join(project, 'src/engine'), join(folder, 'src/engine'), { recursive: true });
  return folder;
}

/** What the property tests find in the engine that was translated in this folder. */
async function search(folder) {
  const urls = [join(root, 'engine/out/test/generated/check.js'), join(folder, 'out/src/engine/index.js')].map(
    (path) => pathToFileURL(path).href,
  );
  const options = JSON.stringify({ seed: Number(values.seed), runs: 1e6, limitMs, shrinkMs: 4_000 });
  const child = [join(project, 'test/generated/child.mjs'), ...urls, options];
  const { stdout } = await run(process.execPath, child, { timeout: limitMs + 30_000, maxBuffer: 1e8 });
  return JSON.parse(stdout);
}

async function plant({ name, file, find, replace }) {
  const folder = await copyOf(name);
  const path = join(folder, 'src/engine', file);
  const source = await readFile(path, 'utf8');
  if (source.split(find).length !== 2) throw new Error(`${name}: the text to replace is not once in ${file}`);
  await writeFile(
    path,
    source.replace(find, () => replace),
  );
  await translate(folder, ['src/engine/index.ts']);
  return search(folder);
}

function line(name, found, { ms, programs, failure }) {
  const time = `${(ms / 1_000).toFixed(1)} s`;
  console.log(`${name.padEnd(58)} ${found.padEnd(9)} ${time.padStart(7)} ${String(programs).padStart(6)} programs`);
  if (failure) console.log(`    ${failure.error.split('\n', 1)[0]}`);
}

let isGood = true;
try {
  const folder = await copyOf('engine');
  await cp(join(project, 'test/generated'), join(folder, 'test/generated'), { recursive: true });
  await symlink(join(project, 'node_modules'), join(root, 'node_modules'));
  await translate(folder, ['src/engine/index.ts', 'test/generated/check.ts', 'test/generated/planted.ts']);
  const { PLANTED } = await import(pathToFileURL(join(folder, 'out/test/generated/planted.js')).href);
  const wanted = PLANTED.filter(({ name }) => positionals.length === 0 || positionals.includes(name));
  for (const bug of wanted) {
    const report = await plant(bug).catch((error) => ({ ms: 0, programs: 0, crashed: error }));
    // A copy that crashes or hangs the process is noticed as well, but by nothing that the tests can take credit for.
    if (report.crashed) console.log(String(report.crashed));
    line(bug.name, report.failure ? 'found' : 'NOT FOUND', report);
    isGood &&= report.failure !== undefined;
  }
  if (positionals.length === 0 || positionals.includes('none')) {
    const report = await search(folder);
    console.log(report.statistics);
    line('none: the engine as it is', report.failure ? 'FAILS' : 'passes', report);
    if (report.failure) console.log(`${report.failure.error}\n${report.failure.text}\npath ${report.failure.path}`);
    isGood &&= report.failure === undefined;
  }
} finally {
  await rm(root, { recursive: true, force: true });
}
process.exitCode = isGood ? 0 : 1;
