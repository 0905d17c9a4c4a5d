import { dirname, join } from 'node:path';
import { afterEach, expect, test, vi } from 'vitest';
import { repositoryPath } from './repository-path.js';

afterEach(() => void vi.unstubAllEnvs());

test('a file is named from the root of the checkout, where this runs in one', () => {
  vi.stubEnv('GITHUB_WORKSPACE', dirname(process.cwd()));
  expect(repositoryPath('a/b.ts')).toBe(`${process.cwd().split(/[/\\]/).at(-1)}/a/b.ts`);
  vi.stubEnv('GITHUB_WORKSPACE', process.cwd());
  expect(repositoryPath('a/b.ts')).toBe('a/b.ts');
});

test('elsewhere it stays as it is', () => {
  vi.stubEnv('GITHUB_WORKSPACE', join(process.cwd(), 'elsewhere'));
  expect(repositoryPath('a/b.ts')).toBe('a/b.ts');
  vi.stubEnv('GITHUB_WORKSPACE', '');
  expect(repositoryPath('a/b.ts')).toBe('a/b.ts');
});
