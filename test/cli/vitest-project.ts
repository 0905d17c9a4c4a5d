import { spawnSync } from 'node:child_process';
import { mkdirSync, symlinkSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { installed } from './installed.js';

const VITEST = fileURLToPath(new URL('../../node_modules/vitest', import.meta.url));

/** Gives a folder of a user's the installed package and the vitest of this project. */
export async function withVitest(folder: string): Promise<void> {
  const modules = join(folder, 'node_modules');
  mkdirSync(modules);
  symlinkSync(join(await installed(), 'node_modules/crashwise'), join(modules, 'crashwise'), 'dir');
  symlinkSync(VITEST, join(modules, 'vitest'), 'dir');
}

/** Runs one test file. */
export function vitest(folder: string, file: string): { code: number | null; text: string } {
  const { PATH = '', HOME = '' } = process.env;
  const args = [join(folder, 'node_modules/vitest/vitest.mjs'), 'run', file];
  const options = { cwd: folder, env: { PATH, HOME, NO_COLOR: '1' }, encoding: 'utf8', timeout: 120_000 } as const;
  const { status, stdout, stderr } = spawnSync(process.execPath, args, options);
  return { code: status, text: stdout + stderr };
}
