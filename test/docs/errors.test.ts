import { readdirSync, readFileSync } from 'node:fs';
import { ENGINE_ERRORS } from 'crashwise/engine';
import { SIMULATOR_ERRORS } from 'crashwise/simulator';
import { describe, expect, test } from 'vitest';
import { CORPUS_ERRORS } from '../../src/determinism/corpus/errors.js';
import { CLI_ERRORS } from '../../src/cli/errors.js';
import { DETERMINISM_ERRORS } from '../../src/determinism/errors.js';
import { LOADER_ERRORS } from '../../src/loader/errors.js';

// Holds the error codes and the pages under docs/errors together.

const folder = new URL('../../docs/errors/', import.meta.url);
const tables = [ENGINE_ERRORS, LOADER_ERRORS, SIMULATOR_ERRORS, DETERMINISM_ERRORS, CORPUS_ERRORS, CLI_ERRORS];
const codes = Object.assign({}, ...tables) as Readonly<Record<string, (typeof CLI_ERRORS)[keyof typeof CLI_ERRORS]>>;
/** Pages about what a simulation finds: they belong to no code. */
const violations = ['charged-twice', 'never-ends', 'twice-allowed'];
const headings = ['## What happened', '## What happens now', '## What to do'];
const read = (name: string): string => readFileSync(new URL(`${name}.md`, folder), 'utf8');

test('no code has two meanings', () => {
  const all = tables.flatMap((errors) => Object.keys(errors));
  expect(all).toHaveLength(new Set(all).size);
});

test('each code has a page, and each page a code or a violation', () => {
  const pages = readdirSync(folder).map((file) => file.replace(/\.md$/, ''));
  expect(pages.filter((page) => page !== 'README').sort()).toEqual([...Object.keys(codes), ...violations].sort());
});

describe.each([...Object.keys(codes), ...violations])('%s', (name) => {
  test('has its title and the three headings, in their order, with text below each', () => {
    const page = read(name);
    expect(page.split('\n')[0]).toBe(`# ${name}`);
    expect(page.match(/^## .*$/gm)).toEqual(headings);
    for (const heading of headings) expect(page.split(`${heading}\n`)[1]!.trim().split('\n')[0]).not.toMatch(/^#/);
  });

  test('is listed in the README with a line', () => {
    expect(read('README')).toMatch(new RegExp(`^- \\[${name}\\]\\(\\./${name}\\.md\\): \\S.*\\.$`, 'm'));
  });
});

test.each(Object.entries(codes))('%s says what happens now and what to do, in sentences', (_, { next, hint }) => {
  for (const text of [next, hint]) expect(text).toMatch(/^[A-Z'`].{8,}[.!]$/s);
});

test('the README lists nothing else', () => {
  const listed = [...read('README').matchAll(/^- \[([^\]]+)\]/gm)].map(([, name]) => name);
  expect(listed.sort()).toEqual([...Object.keys(codes), ...violations].sort());
});
