import { readdirSync, readFileSync } from 'node:fs';
import { join, relative } from 'node:path';
import { describe, expect, test } from 'vitest';

// Goal: the shape that ARCHITECTURE.md promises stays true. Method: read the sources as text. Each rule is also run on
// a made-up file that breaks it, so that a rule that sees nothing is noticed.

const root = new URL('..', import.meta.url).pathname;

/** What each part may import besides itself: imports run one way. */
const MAY_IMPORT: Readonly<Record<string, readonly string[]>> = {
  engine: [],
  results: [],
  loader: ['engine'],
  simulator: ['engine', 'loader', 'results'],
  determinism: ['engine', 'loader', 'results'],
  report: ['results'],
  cli: ['engine', 'loader', 'simulator', 'determinism', 'report', 'results'],
  // The two places that a reader sees a result in: a screen of the command line, and a message of a test.
  vitest: ['cli', 'engine', 'simulator', 'determinism', 'report', 'results'],
};

const sources = readdirSync(join(root, 'src'), { recursive: true, encoding: 'utf8' })
  .filter((file) => file.endsWith('.ts') && !file.endsWith('.test.ts'))
  .map((file) => ({ file: join('src', file), text: readFileSync(join(root, 'src', file), 'utf8') }));

describe('imports run one way', () => {
  const wrong = (file: string, text: string): string[] => {
    const [, part = '', ...rest] = file.split('/');
    if (rest.length === 0) return []; // The package's own index collects everything.
    return [...text.matchAll(/(?:from|import\() ?'(\.[^']+)'/g)].flatMap(([, path]) => {
      const target = relative('src', join(file, '..', path!)).split('/')[0]!;
      return target === part || MAY_IMPORT[part]?.includes(target) ? [] : [`${file} imports ${path}`];
    });
  };

  test('in all sources', () => {
    expect(sources.flatMap(({ file, text }) => wrong(file, text))).toEqual([]);
  });

  test('and the rule sees one that does not', () => {
    expect(wrong('src/engine/store/bad.ts', "import { x } from '../../simulator/life.js';")).toHaveLength(1);
    expect(wrong('src/report/bad.ts', "import type { x } from '../simulator/life.js';")).toHaveLength(1);
    expect(wrong('src/cli/good.ts', "import { x } from '../simulator/life.js';")).toEqual([]);
  });
});

test('vitest is an optional peer: nothing but src/vitest imports it', () => {
  const imports = (text: string): boolean => /^(?:import|export|\}) .*'vitest';$|import\('vitest'\)/m.test(text);
  expect(sources.filter(({ text }) => imports(text)).map(({ file }) => file)).toEqual(['src/vitest/index.ts']);
});

test('files are small: no source over 400 lines, the median under 80', () => {
  const sizes = sources.map(({ file, text }) => ({ file, lines: text.split('\n').length - 1 }));
  expect(sizes.filter(({ lines }) => lines > 400)).toEqual([]);
  const sorted = sizes.map(({ lines }) => lines).sort((a, b) => a - b);
  expect(sorted[Math.floor(sorted.length / 2)]).toBeLessThan(80);
});

test('no source keeps a focused or skipped test, or an unfinished spot', () => {
  const tests = readdirSync(join(root, 'test'), { recursive: true, encoding: 'utf8' })
    .filter((file) => file.endsWith('.ts') && file !== 'tidy.test.ts')
    .map((file) => ({ file: join('test', file), text: readFileSync(join(root, 'test', file), 'utf8') }));
  const hollow = /\.(only|skip|todo)\(|\bTODO\b|\bFIXME\b|@ts-(ignore|nocheck)/;
  expect('test.only(').toMatch(hollow);
  expect([...sources, ...tests].filter(({ text }) => hollow.test(text)).map(({ file }) => file)).toEqual([]);
});
