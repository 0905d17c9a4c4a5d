import { symlinkSync } from 'node:fs';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { describe, expect, test } from 'vitest';
import { loadModule } from '../../src/loader/load-module.js';
import { Program } from '../../src/loader/program.js';
import { userFiles } from './user-files.js';

// Goal: a file that is evaluated anew behaves as a module of a process that has just started, whatever the dialect.

async function program(files: Readonly<Record<string, string>>, entry = 'main.ts', fresh: readonly string[] = []) {
  const folder = userFiles(files);
  return { folder, loaded: await Program.of(join(folder, entry), fresh) };
}

async function exportsOf(
  files: Readonly<Record<string, string>>,
  entry = 'main.ts',
): Promise<Record<string, unknown> & { folder: string }> {
  const { folder, loaded } = await program(files, entry);
  const first = (await loaded.evaluate()) as Record<string, unknown>;
  // Whatever it is, it is the same the second time.
  expect(plain(await loaded.evaluate())).toEqual(plain(first));
  return { folder, ...first };
}

const plain = (exports: unknown): unknown => JSON.parse(JSON.stringify(exports));

test('each evaluation has variables of its own; within one, a module is evaluated once', async () => {
  const { loaded } = await program({
    'main.ts': `
      import { bump } from './a.js';
      import { bump as same } from './b.js';
      export const counts: number[] = [bump(), same(), bump()];`,
    'a.ts': 'let n: number = 0; export const bump = () => (n += 1);',
    'b.ts': "export * from './a.js';",
  });
  for (let time = 0; time < 3; time += 1) {
    expect(await loaded.evaluate()).toMatchObject({ counts: [1, 2, 3] });
  }
});

test('modules are evaluated in the order of their imports, depth first', async () => {
  const log = (name: string, rest = ''): string => `${rest}\n(globalThis.__order ??= []).push('${name}');`;
  const { loaded } = await program(
    {
      'main.mjs': log('main', "import './a.mjs'; import './b.mjs';"),
      'a.mjs': log('a', "import './c.mjs';"),
      'b.mjs': log('b', "import './c.mjs';"),
      'c.mjs': log('c'),
    },
    'main.mjs',
  );
  const world = globalThis as { __order?: string[] };
  await loaded.evaluate();
  expect(world.__order).toEqual(['c', 'a', 'b', 'main']);
  await loaded.evaluate();
  expect(world.__order).toHaveLength(8);
  delete world.__order;
});

test('a cycle sees what the other module exports by then, and its bindings are live', async () => {
  const { seen, later, count } = await exportsOf({
    'main.ts': `
      import { fromB, n, bump } from './b.js';
      export function early() { return 'hoisted'; }
      export const name = 'main';
      export const seen = fromB;
      bump(); bump();
      import { laterOf } from './b.js';
      export const later = laterOf();
      export const count = n;`,
    'b.ts': `
      import { early, name } from './main.js';
      export const fromB = [early(), typeof name];
      export let n = 0;
      export const bump = () => { n += 1; };
      export const laterOf = () => name;`,
  });
  expect({ seen, later, count }).toEqual({ seen: ['hoisted', 'undefined'], later: 'main', count: 2 });
});

test('default, named, wildcard and renamed exports, of ESM, CommonJS and JSON', async () => {
  const { all } = await exportsOf(
    {
      'main.mts': `
      import def, { named as other } from './esm.mjs';
      import * as ns from './esm.mjs';
      import cjs, { a } from './plain.cjs';
      import data, { list } from './data.json' with { type: 'json' };
      export { again } from './again.mjs';
      export const all = [def, other, ns.default, ns.named, cjs.a, a, data.list, list];`,
      'esm.mjs': "const x = 'd'; export { x as default }; export const named = 'n';",
      'again.mjs': "export { named as again } from './esm.mjs';",
      'plain.cjs': "module.exports = { a: 'a' };",
      'data.json': '{ "list": [1] }',
    },
    'main.mts',
  );
  expect(all).toEqual(['d', 'n', 'd', 'n', 'a', 'a', [1], [1]]);
});

test('CommonJS stays sloppy, knows its this, its file and its cycles, and may require ESM', async () => {
  const { folder, ...rest } = await exportsOf(
    {
      'main.cjs': `#!/usr/bin/env node
        sloppy = 1; delete globalThis.sloppy;
        this.self = this === exports && this === module.exports;
        exports.where = [__filename, __dirname, require.resolve('./b.cjs')];
        exports.before = 'before';
        exports.b = require('./b.cjs').seen;
        exports.esm = require('./esm.mjs').default;`,
      'b.cjs': "exports.seen = require('./main.cjs').before;",
      'esm.mjs': "import { b } from './c.ts'; export default b;",
      'c.ts': "export const b: string = 'typed';",
    },
    'main.cjs',
  );
  const where = [join(folder, 'main.cjs'), folder, join(folder, 'b.cjs')];
  expect(rest).toEqual({ self: true, where, before: 'before', b: 'before', esm: 'typed' });
});

test('import.meta, top-level await and dynamic imports: all of one evaluation, also from CommonJS', async () => {
  const { folder, url, ready, same } = await exportsOf({
    'main.ts': `
      import { lazy } from './cjs.cjs';
      import { bump } from './state.js';
      export const url = import.meta.url;
      bump();
      export const ready = await new Promise((resolve) => setTimeout(resolve, 5, 'ready'));
      const [one, two] = await Promise.all([import('./state.js'), lazy()]);
      export const same = [one === two, one.n, two.n];`,
    'cjs.cjs': "exports.lazy = () => import('./state.js');",
    'state.ts': 'export let n = 0; export const bump = () => { n += 1; };',
  });
  expect({ url, ready, same }).toEqual({
    url: pathToFileURL(join(folder, 'main.ts')).href,
    ready: 'ready',
    same: [true, 1, 1],
  });
});

test('two imports at once of a module that awaits both wait for it', async () => {
  const { values } = await exportsOf({
    'main.ts': `
      const [a, b] = await Promise.all([import('./a.js'), import('./b.js')]);
      export const values = [a.value, b.value];`,
    'a.ts': "export { value } from './slow.js';",
    'b.ts': "export { value } from './slow.js';",
    'slow.ts': "export const value = await new Promise((resolve) => setTimeout(resolve, 5, 'there'));",
  });
  expect(values).toEqual(['there', 'there']);
});

test('paths of the tsconfig, and relative ones from where they stand', async () => {
  const { all } = await exportsOf({
    'tsconfig.json': '{ "compilerOptions": { "paths": { "@lib/*": ["./lib/*"] } } }',
    'main.ts': "import { x } from '@lib/x'; import { util } from './util.js'; export const all = [x, util];",
    'util.ts': "export const util = 'outer';",
    'lib/x.ts': "import { util } from './util.js'; export const x = util;",
    'lib/util.ts': "export const util = 'inner';",
  });
  expect(all).toEqual(['inner', 'outer']);
});

test('packages and modules of Node are shared, but for those that are named', async () => {
  const files = {
    'main.ts': `
      import { count } from 'counter';
      import { count as scoped } from '@a/counter/deep';
      import { basename } from 'node:path';
      import { workflow } from 'crashwise/engine';
      export const counts = [count(), scoped(), basename('a/b'), typeof workflow];`,
    'node_modules/counter/package.json': '{ "name": "counter", "main": "index.js" }',
    'node_modules/counter/index.js': 'let n = 0; exports.count = () => (n += 1);',
    'node_modules/@a/counter/package.json':
      '{ "name": "@a/counter", "type": "module", "exports": { "./deep": "./deep.js" } }',
    'node_modules/@a/counter/deep.js': "import './own.js'; let n = 0; export const count = () => (n += 1);",
    'node_modules/@a/counter/own.js': 'export {};',
  };
  const counts = async (fresh: readonly string[]) => {
    const { loaded } = await program(files, 'main.ts', fresh);
    await loaded.evaluate();
    return { ...((await loaded.evaluate()) as { counts: unknown }), shared: [...loaded.shared].sort() };
  };
  expect(await counts([])).toMatchObject({ counts: [2, 2, 'b', 'function'], shared: ['@a/counter', 'counter'] });
  expect(await counts(['counter'])).toMatchObject({ counts: [1, 2, 'b', 'function'], shared: ['@a/counter'] });
  expect(await counts(['counter', '@a/counter'])).toMatchObject({ counts: [1, 1, 'b', 'function'], shared: [] });
});

test('a package of the workspace, linked into node_modules, is a file of the user', async () => {
  const { folder, loaded } = await program({
    'main.ts': "import { count } from 'ours'; export const n = count();",
    'packages/ours/package.json': '{ "name": "ours", "type": "module", "exports": "./index.js" }',
    'packages/ours/index.js': 'let n = 0; export const count = () => (n += 1);',
    'node_modules/other/index.js': '',
  });
  symlinkSync(join(folder, 'packages/ours'), join(folder, 'node_modules/ours'), 'junction');
  for (const _ of [1, 2]) expect(await loaded.evaluate()).toMatchObject({ n: 1 });
  expect([...loaded.shared]).toEqual([]);
});

test('a stack names the line of the source', async () => {
  const { folder, thrower } = await exportsOf({
    'main.ts': `
      interface Unused { readonly a: string }

      export const thrower = (): never => {
        throw new Error('here');
      };`,
  });
  expect(thrower).toThrow(expect.objectContaining({ stack: expect.stringContaining(`${folder}/main.ts:5:`) }));
});

describe('what cannot be loaded', () => {
  test('what awaits cannot be required, and says so', async () => {
    const { loaded } = await program(
      { 'main.cjs': "require('./slow.mjs');", 'slow.mjs': 'await 1; export {};' },
      'main.cjs',
    );
    await expect(loaded.evaluate()).rejects.toThrow(/slow\.mjs awaits at its top level: it can be imported/);
  });

  test('a module that threw throws the same for all who import it', async () => {
    const { seen } = await exportsOf({
      'main.ts': `
        const errors: unknown[] = [];
        for (const _ of [1, 2]) await import('./bad.js').catch((error) => errors.push(error));
        export const seen = [errors[0] === errors[1], String(errors[0])];`,
      'bad.ts': "throw new Error('no database');",
    });
    expect(seen).toEqual([true, 'Error: no database']);
  });

  test('a broken tsconfig and a broken JSON are named', async () => {
    const { loaded } = await program({ 'main.ts': "import './bad.json';", 'bad.json': '{' });
    await expect(loaded.evaluate()).rejects.toThrow(/bad\.json: .*JSON/);
    const broken = await program({ 'main.ts': '', 'tsconfig.json': '{ "extends": "./nosuch.json" }' });
    await expect(broken.loaded.evaluate()).rejects.toThrow('Its tsconfig.json cannot be read');
    await expect(loadModule(join(broken.folder, 'main.ts'))).rejects.toMatchObject({ code: 'module-not-loaded' });
  });
});
