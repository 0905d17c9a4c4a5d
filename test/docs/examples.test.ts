import { spawnSync } from 'node:child_process';
import { existsSync, mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { describe, expect, test } from 'vitest';
import { blocksOf, docstringExamples, fileOf, pages, root, textOf } from './pages.js';
import { PRELUDES } from './preludes.js';

// What the docs show is true: the code compiles, the commands print what stands below them, the links lead somewhere.

test('the code of all pages and docstrings compiles', { timeout: 120_000 }, () => {
  const folder = join(root, '.test-build/docs');
  rmSync(folder, { recursive: true, force: true });
  const write = (name: string, code: string): void => {
    mkdirSync(dirname(join(folder, name)), { recursive: true });
    writeFileSync(join(folder, name), `${code}\nexport {};\n`);
  };
  for (const page of pages) {
    const files = new Map<string, string>(); // Blocks that begin with their file's name see those before them.
    for (const { text, line } of blocksOf(page).filter(({ language }) => language === 'ts')) {
      files.set(fileOf(text) ?? 'example.ts', text);
      for (const [name, code] of files) write(`${page}/line-${line}/${name}`, code);
      files.delete('example.ts');
    }
  }
  for (const [name, prelude] of Object.entries(PRELUDES)) {
    if (name.includes('/')) write(`docstrings/${name}.ts`, prelude ?? '');
  }
  for (const { symbol, code } of docstringExamples()) {
    const prelude = PRELUDES[symbol] ?? '';
    const end = prelude.endsWith('{\n') ? '}' : '';
    if (PRELUDES[symbol] !== null) write(`docstrings/${symbol}/example.ts`, `${prelude}${code}${end}`);
  }
  const compilerOptions = { noUnusedLocals: false, noUnusedParameters: false };
  const config = { extends: '../../tsconfig.json', compilerOptions, include: ['.'] };
  writeFileSync(join(folder, 'tsconfig.json'), JSON.stringify(config));
  const tsc = join(root, 'node_modules/.bin/tsc');
  const { stdout } = spawnSync(tsc, ['--noEmit', '-p', folder, '--pretty', 'false'], { cwd: folder, encoding: 'utf8' });
  expect(stdout).toBe('');
});

test('each prelude has its example', () => {
  const symbols = new Set(docstringExamples().map(({ symbol }) => symbol));
  expect(Object.keys(PRELUDES).filter((name) => !symbols.has(name.split('/')[0]!))).toEqual([]);
});

const headings = (text: string): string[] =>
  [...text.matchAll(/^#+ (.*)$/gm)].map(([, title = '']) =>
    title
      .toLowerCase()
      .replaceAll(/[^\w -]/g, '')
      .replaceAll(' ', '-'),
  );

test.each(pages)('the links of %s lead somewhere', (page) => {
  for (const [, target = ''] of textOf(page).matchAll(/\]\(([^):\s]+)\)/g)) {
    const [path = '', anchor] = target.split('#');
    const file = path === '' ? page : join(dirname(page), path);
    expect(existsSync(join(root, file)), target).toBe(true);
    if (anchor !== undefined) expect(headings(textOf(file)), target).toContain(anchor);
  }
});

const namesMachine = (text: string): boolean => text.includes(root);

test('no page has a path of the machine that it was written on', () => {
  expect(namesMachine(`read ${join(root, 'docs/errors/usage.md')}`)).toBe(true);
  expect(pages.filter((page) => namesMachine(textOf(page)))).toEqual([]);
});

/** What differs from run to run, replaced: times, dates, paths to crashwise, the worker's name, the width of columns. */
function normalise(text: string): string {
  return text
    .replaceAll(/(?:\/|\.\.\/)[^\s:]*\/(?=(?:docs|scenarios)\/)/g, '')
    .replaceAll(/\b\d{4}-\d\d-\d\d \d\d:\d\d:\d\d\b/g, '<date>')
    .replaceAll(/\b\d[\d.]* (?:ms|s|min|h|d)\b(?: \d+ (?:s|min|h)\b)?/g, '<time>')
    .replaceAll(/\b[\w.-]+-\d+(?=,? runs|, <time>|, for <time>)/g, '<worker>')
    .replaceAll(/[\da-f]{8}(?:-[\da-f]{4}){3}-[\da-f]{12}/g, '<uuid>')
    .replaceAll(/ +/g, ' ')
    .replaceAll(/ $/gm, '')
    .trim();
}

const escape = (line: string): string => line.replaceAll(/[\\^$.*+?()[\]{}|]/g, '\\$&');

/** Compares line by line; a line `…` stands for any number of lines. */
function isShown(actual: string, shown: string): boolean {
  const lines = normalise(shown).split('\n');
  const pattern = lines.map((line) => (line === '…' ? '(?:.*\n)*?' : `${escape(line)}\n`)).join('');
  return new RegExp(`^${pattern}$`).test(`${normalise(actual)}\n`);
}

/** What a page should show: with one line `…`, as many lines before and after it as it shows now; with more, look for yourself. */
function shownOf(actual: string, shown: string): string {
  const [lines, now] = [actual.trimEnd().split('\n'), shown.trimEnd().split('\n')];
  const cut = now.indexOf('…');
  if (now.lastIndexOf('…') !== cut) return shown;
  if (cut < 0) return `${lines.join('\n')}\n`;
  return `${[...lines.slice(0, cut), '…', ...lines.slice(lines.length - (now.length - cut - 1))].join('\n')}\n`;
}

const run = pages.filter((page) => blocksOf(page).some(({ mark }) => mark.startsWith('run')));

describe.skipIf(process.platform === 'win32')('the commands print what is shown', () => {
  test.each(run)('%s', { timeout: 300_000 }, (page) => {
    const directory = mkdtempSync(join(tmpdir(), 'crashwise-docs-'));
    const bin = mkdtempSync(join(tmpdir(), 'crashwise-bin-'));
    const script = `#!/bin/sh\nexec "${process.execPath}" "${join(root, 'bin/crashwise.js')}" "$@"\n`;
    writeFileSync(join(bin, 'crashwise'), script, { mode: 0o755 });
    const { FORCE_COLOR: _, ...rest } = process.env;
    const env = { ...rest, PATH: `${bin}:${process.env['PATH']}`, NO_COLOR: '1' };
    try {
      for (const { language, mark, text } of blocksOf(page)) {
        const name = fileOf(text);
        if (name !== undefined) writeFileSync(join(directory, name), text);
        if (language !== 'console' || !mark.startsWith('run')) continue;
        const cwd = mark === 'run in the project' ? root : directory;
        for (const [, command = '', shown = ''] of text.matchAll(/^\$ ((?:.*\\\n)*.*)\n((?:(?!\$ ).*\n)*)/gm)) {
          const { stdout } = spawnSync('bash', ['-c', `exec 2>&1\n${command}`], { cwd, env, encoding: 'utf8' });
          if (isShown(stdout, shown)) continue;
          if (process.env['UPDATE_DOCS']) {
            writeFileSync(
              join(root, page),
              textOf(page).replace(shown, () => shownOf(stdout, shown).replaceAll(root, '')),
            );
          }
          expect(normalise(stdout), `${command} (with UPDATE_DOCS=1 the page is mended)`).toBe(normalise(shown));
        }
      }
    } finally {
      for (const folder of [directory, bin]) rmSync(folder, { recursive: true, force: true });
    }
  });
});
