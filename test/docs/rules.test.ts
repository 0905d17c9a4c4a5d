import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { ADVICE } from '../../src/determinism/advice.js';
import { root } from './pages.js';

// Holds the causes of a divergence and the pages under docs/rules together.

test('each cause has its page, and each page a cause', () => {
  const named = [...new Set(Object.values(ADVICE).map(({ page }) => page))].sort();
  for (const page of named) expect(existsSync(join(root, page)), page).toBe(true);
  const pages = readdirSync(join(root, 'docs/rules')).filter((name) => name !== 'README.md');
  expect(pages.map((name) => `docs/rules/${name}`).sort()).toEqual(named);
  const index = readFileSync(join(root, 'docs/rules/README.md'), 'utf8');
  for (const name of pages) expect(index).toContain(`](${name})`);
});
