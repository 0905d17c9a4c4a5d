import { createRequire } from 'node:module';
import { dirname, join } from 'node:path';
import { getLibFiles, libFolderInMemoryPath, ts } from '@ts-morph/common';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { mkdtempSync, realpathSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { openClassic, type ClassicTypeScript } from './classic.js';
import type { Compiler } from './compiler.js';
import { openNative, type NativeTypeScript } from './native.js';
import { readTypes } from './read-types.js';

// Goal: every compiler that a project may have says the same of its types. Method: one module, read by both kinds.

const folder = realpathSync(mkdtempSync(join(tmpdir(), 'crashwise-types-')));
const file = join(folder, 'flow.ts');
const require = createRequire(
  join(dirname(createRequire(import.meta.url).resolve('typescript/package.json')), 'package.json'),
);

// The copy that is at hand for tests holds its library files as texts.
const libraries = new Map(getLibFiles().map(({ fileName, text }) => [`${libFolderInMemoryPath}/${fileName}`, text]));
function createProgram(files: readonly string[], options: ts.CompilerOptions): ts.Program {
  const host = ts.createCompilerHost(options);
  const read = (path: string): string | undefined => libraries.get(path) ?? ts.sys.readFile(path);
  host.getDefaultLibLocation = () => libFolderInMemoryPath;
  host.getDefaultLibFileName = (given) => `${libFolderInMemoryPath}/${ts.getDefaultLibFileName(given)}`;
  host.getSourceFile = (path, target) => {
    const text = read(path);
    return text === undefined ? undefined : ts.createSourceFile(path, text, target);
  };
  return ts.createProgram(files, options, host);
}

const SOURCE = `
declare function activities<T>(): T;
declare function workflow(name: string, run: (input: never) => unknown): unknown;
interface Tree { value: number; kids: readonly Tree[] }
type Id = string & { readonly brand: 'Id' };
enum Color { Red, Blue = 'blue' }
interface Acts {
  text(): string;
  later(): Promise<Promise<number>>;
  nothing(): void;
  maybe(): { a: string | null; b?: boolean };
  one(): 'x' | 4 | true;
  list(): string[];
  pair(): [string, number];
  tree(): Tree;
  record(): Record<string, number>;
  id(): Id;
  color(): Color;
  both(): { a: string } & { b: number };
  methods(): { n: number; f(): void };
  anything(): any;
  never: number;
}
const acts = activities<Acts>();
export const flow = workflow('flow', async (input: { id: string; tags?: string[] }) => acts);
export const other = workflow('other', async () => acts);
`;

const TREE = {
  type: 'object',
  properties: { value: { type: 'number' }, kids: { type: 'array', items: { $ref: '#/$defs/t1' } } },
  required: ['value', 'kids'],
};

beforeAll(() => writeFileSync(file, SOURCE));
afterAll(() => rmSync(folder, { recursive: true }));

describe.each<[string, () => Compiler]>([
  ['TypeScript 5', () => openClassic({ ...ts, createProgram } as unknown as ClassicTypeScript, file)],
  [
    'TypeScript 7',
    () => {
      const ast = require('typescript/unstable/ast') as { SyntaxKind: Record<string, number> };
      return openNative(require('typescript/unstable/sync') as NativeTypeScript, ast, file);
    },
  ],
])('%s', (_, open) => {
  let compiler: Compiler;
  beforeAll(() => void (compiler = open()));
  afterAll(() => compiler.close());

  test('says what activities return', () => {
    const { results } = readTypes(compiler, [file], 'flow');
    expect(results).toMatchObject({
      text: { type: 'string' },
      later: { type: 'number' },
      nothing: { const: undefined },
      list: { type: 'array', items: { type: 'string' } },
      pair: { type: 'array', prefixItems: [{ type: 'string' }, { type: 'number' }], items: false },
      record: { type: 'object', additionalProperties: { type: 'number' } },
      id: { type: 'string' },
      both: { properties: { a: { type: 'string' }, b: { type: 'number' } }, required: ['a', 'b'] },
      methods: { properties: { n: { type: 'number' } }, required: ['n'] },
      tree: { $ref: '#/$defs/t1', $defs: { t1: TREE } },
    });
    const { a, b } = results['maybe']!.properties!;
    expect(a!.anyOf).toEqual(expect.arrayContaining([{ type: 'null' }, { type: 'string' }]));
    expect(b!.anyOf).toEqual(expect.arrayContaining([{ const: undefined }, { const: true }, { const: false }]));
    expect(results['maybe']!.required).toEqual(['a']);
    expect(results['one']!.anyOf).toEqual(expect.arrayContaining([{ const: 'x' }, { const: 4 }, { const: true }]));
    expect(results['color']!.anyOf).toEqual(expect.arrayContaining([{ const: 0 }, { const: 'blue' }]));
    expect(Object.keys(results)).not.toContain('anything');
    expect(Object.keys(results)).not.toContain('never');
  });

  test('says what a workflow is given', () => {
    const { input } = readTypes(compiler, [file], 'flow');
    expect(input).toMatchObject({ type: 'object', properties: { id: { type: 'string' } }, required: ['id'] });
    expect(readTypes(compiler, [file], 'other').input).toBeUndefined();
  });
});
