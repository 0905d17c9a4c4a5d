import { spawn, spawnSync } from 'node:child_process';
import { cpSync, existsSync, mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { setTimeout as wait } from 'node:timers/promises';
import { fileURLToPath } from 'node:url';

const ROOT = fileURLToPath(new URL('../..', import.meta.url));
const PREFIX = 'crashwise-cli-';
const LONGEST_MS = 180_000;

export interface Ended {
  readonly code: number | null;
  readonly stdout: string;
  readonly stderr: string;
}

/**
 * The folder in which the packed package is installed: built, packed and installed once for all test files of one run
 * of vitest, which are processes of one parent. The first to come does it, the others wait.
 */
export async function installed(): Promise<string> {
  const folder = join(tmpdir(), `${PREFIX}${process.ppid}`);
  const ready = join(folder, 'ready');
  const failed = join(folder, 'failed');
  try {
    mkdirSync(folder);
  } catch {
    const until = Date.now() + LONGEST_MS;
    while (!existsSync(ready) && !existsSync(failed) && Date.now() < until) await wait(100);
    if (!existsSync(ready)) throw new Error(existsSync(failed) ? readFileSync(failed, 'utf8') : 'No install came.');
    return folder;
  }
  removeLeftovers();
  try {
    install(folder);
    writeFileSync(ready, '');
    return folder;
  } catch (error) {
    writeFileSync(failed, String(error));
    throw error;
  }
}

function install(folder: string): void {
  const stage = join(folder, 'stage');
  for (const name of ['package.json', 'bin', 'scenarios', 'docs']) {
    cpSync(join(ROOT, name), join(stage, name), { recursive: true });
  }
  const tsc = join(ROOT, 'node_modules/.bin/tsc');
  must(tsc, ['-p', join(ROOT, 'tsconfig.build.json'), '--outDir', join(stage, 'dist')], ROOT);
  must('npm', ['pack', '--ignore-scripts', '--silent', '--pack-destination', folder], stage);
  const packed = readdirSync(folder).find((name) => name.endsWith('.tgz'))!;
  must('npm', ['install', '--no-audit', '--no-fund', '--prefer-offline', packed], folder);
  rmSync(stage, { recursive: true });
}

function must(command: string, args: readonly string[], cwd: string): void {
  const { status, stdout, stderr } = spawnSync(command, args, { cwd, encoding: 'utf8' });
  if (status !== 0) throw new Error(`${command} ${args.join(' ')} ended with ${status}:\n${stdout}${stderr}`);
}

// Of runs of vitest that are over.
function removeLeftovers(): void {
  for (const name of readdirSync(tmpdir()).filter((one) => one.startsWith(PREFIX))) {
    const pid = Number.parseInt(name.slice(PREFIX.length), 10);
    try {
      process.kill(pid, 0);
    } catch {
      rmSync(join(tmpdir(), name), { recursive: true, force: true });
    }
  }
}

/** A fresh folder of a user's, with these files. There is no node_modules near it. */
export function project(files: Readonly<Record<string, string>> = {}): string {
  const parent = join(tmpdir(), `${PREFIX}${process.ppid}-projects`);
  mkdirSync(parent, { recursive: true });
  const folder = mkdtempSync(join(parent, 'shop-'));
  for (const [name, text] of Object.entries(files)) {
    mkdirSync(dirname(join(folder, name)), { recursive: true });
    writeFileSync(join(folder, name), text);
  }
  return folder;
}

export interface RunOptions {
  readonly env?: Readonly<Record<string, string>>;
  /** SIGINT is sent, once, when this stands on stderr. */
  readonly interruptAt?: string;
}

/** Runs the installed `crashwise`, with pipes for stdout and stderr and nothing of this process's environment. */
export async function crashwise(cwd: string, args: readonly string[], options: RunOptions = {}): Promise<Ended> {
  const bin = join(await installed(), 'node_modules/.bin/crashwise');
  const { PATH = '', HOME = '' } = process.env;
  const child = spawn(bin, args, { cwd, env: { PATH, HOME, ...options.env }, stdio: ['ignore', 'pipe', 'pipe'] });
  const out = { stdout: '', stderr: '' };
  let interrupted = false;
  for (const name of ['stdout', 'stderr'] as const) {
    child[name].setEncoding('utf8').on('data', (text: string) => {
      out[name] += text;
      if (interrupted || options.interruptAt === undefined || !out.stderr.includes(options.interruptAt)) return;
      interrupted = true;
      child.kill('SIGINT');
    });
  }
  const code = await new Promise<number | null>((resolve, reject) => {
    child.on('error', reject).on('close', resolve);
  });
  return { code, ...out };
}

/** An error as it was before it was wrapped to the width of the screen. */
export function unwrapped(stderr: string): string {
  return stderr.replaceAll(/\n {6}(?=\S)/g, ' ');
}
