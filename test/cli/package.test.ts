import { spawnSync } from 'node:child_process';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { root, textOf } from '../docs/pages.js';

/** What npm would pack, by its path in the package. */
function packed(): readonly string[] {
  const { stdout } = spawnSync('npm', ['pack', '--dry-run', '--json', '--ignore-scripts'], {
    cwd: root,
    encoding: 'utf8',
  });
  const [{ files }] = JSON.parse(stdout) as [{ files: { path: string }[] }];
  return files.map(({ path }) => path);
}

test('the package holds what its pages link to, and no tests', () => {
  const files = packed();
  expect(files.filter((file) => file.endsWith('.test.ts'))).toEqual([]);
  for (const page of files.filter((file) => file.endsWith('.md'))) {
    for (const [, target = ''] of textOf(page).matchAll(/\]\(([^):\s#]+)[^):\s]*\)/g)) {
      expect(files, `${page} links to it`).toContain(join(page, '..', target));
    }
  }
});
