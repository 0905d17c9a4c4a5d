// Builds dist/ from nothing, beside the old one, and swaps the two at the end: a stale file would still be importable
// and would be packed, and a process that runs from dist/ meanwhile must not find it half written.
import { spawnSync } from 'node:child_process';
import { renameSync, rmSync } from 'node:fs';
import { fileURLToPath } from 'node:url';

const root = fileURLToPath(new URL('..', import.meta.url));
const fresh = `${root}dist.new-${process.pid}`;
const old = `${root}dist.old-${process.pid}`;

const { status, error } = spawnSync('tsc', ['-p', 'tsconfig.build.json', '--outDir', fresh], {
  cwd: root,
  stdio: 'inherit',
  shell: process.platform === 'win32',
});
if (status === 0) {
  try {
    renameSync(`${root}dist`, old);
  } catch (problem) {
    if (problem.code !== 'ENOENT') throw problem;
  }
  renameSync(fresh, `${root}dist`);
}
rmSync(fresh, { recursive: true, force: true });
rmSync(old, { recursive: true, force: true });
if (error) console.error(`The compiler could not be started: ${error.message}`);
process.exitCode = status ?? 1;
