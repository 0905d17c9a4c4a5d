import { spawnSync } from 'node:child_process';
import { expect, test } from 'vitest';
import { root } from '../docs/pages.js';

// The short version of scripts/vitest-majors.mjs: a project of its own, without an install. The types of the built
// package, a set-up file, and what a reader is shown.
test('a project with the vitest at hand runs a spec green and one red', () => {
  const { status, stdout, stderr } = spawnSync(process.execPath, ['scripts/vitest-majors.mjs', '--at-hand'], {
    cwd: root,
    encoding: 'utf8',
  });
  expect(`${stdout}${stderr}`).toMatch(/^vitest \d+\.\d+\.\d+ on Node \d+\.\d+\.\d+: as it should be\n$/);
  expect(status).toBe(0);
});
