import { mkdirSync, symlinkSync } from 'node:fs';
import { join } from 'node:path';
import { fuzz, type FuzzOptions } from 'crashwise/determinism';
import { describe, expect, test } from 'vitest';
import { userFiles } from '../loader/user-files.js';

// Goal: it is said where the values of a search come from, and what is not known well enough makes it inconclusive.
// Method: one workflow, in projects that say more or less of it.

const ROWS = `{ rows: { kind: 'a' | 'b' | 'c' }[] }`;
const FLOW = (types: string, input = 'string') => `import { activities, workflow } from 'crashwise/engine';
const { fetchRows, save } = activities${types}();
export const flow = workflow('flow', async (id: ${input}) => {
  const { rows } = await fetchRows(id);
  let n = 0;
  for (const row of rows) {
    if (row.kind === 'a') { await save(row); n += 1; }
    else if (row.kind === 'b') n += 2;
    else n += 3;
  }
  if (n > 4) return 'many';
  return n === 0 ? 'none' : 'few';
});
`;
const UNTYPED = FLOW('<any>', 'any');
const TYPED = FLOW(`<{ fetchRows: (id: string) => Promise<${ROWS}>; save: (row: unknown) => void }>`);
const GIVEN = `{ input: 'x', results: { save: undefined, fetchRows: (id) => ({ rows: [{ kind: id === 'x' ? 'a' : 'b' }] }) } }`;

/** A project with these files, and these packages of ours. */
function project(files: Readonly<Record<string, string>>, packages: readonly string[] = []): string {
  const folder = userFiles(files);
  mkdirSync(join(folder, 'node_modules'));
  for (const name of packages)
    symlinkSync(join(process.cwd(), 'node_modules', name), join(folder, 'node_modules', name));
  return folder;
}

async function searched(folder: string, options: Partial<FuzzOptions> = {}) {
  const { targets } = await fuzz({ files: [join(folder, 'flow.ts')], maxRuns: 300, ...options });
  return targets[0]!;
}

describe('where values come from', () => {
  test('the plan of the module, before its types', async () => {
    const folder = project({ 'flow.ts': `${TYPED}export const fuzz = ${GIVEN};` }, ['typescript']);
    expect(await searched(folder)).toMatchObject({
      verdict: 'no-divergence',
      sources: { input: 'config', fetchRows: 'config', save: 'config' },
      runs: 300,
    });
  });

  test('a plan that leads nowhere is no evidence either', async () => {
    const plan = `{ input: 'x', results: { fetchRows: { rows: [] } } }`;
    const { verdict, reasons } = await searched(project({ 'flow.ts': `${UNTYPED}export const fuzz = ${plan};` }));
    expect(verdict).toBe('inconclusive');
    expect(reasons).toEqual(['shallow: 3 of 10 branches', 'what the config gives leads no further']);
  });

  test('a schema in the plan: of zod, and of anybody who can tell it as JSON Schema', async () => {
    const kinds = `z.object({ rows: z.array(z.object({ kind: z.enum(['a', 'b', 'c']) })) })`;
    const other = `{ '~standard': { version: 1, vendor: 'mine', validate: (value) => ({ value }), jsonSchema: { input: () => ({ type: 'string' }) } } }`;
    const plan = `{ input: ${other}, results: { fetchRows: ${kinds}, save: undefined } }`;
    const folder = project({ 'flow.ts': `import { z } from 'zod';\n${UNTYPED}export const fuzz = ${plan};` }, ['zod']);
    const { verdict, sources, coverage } = await searched(folder);
    expect(sources).toEqual({ input: 'schema', fetchRows: 'schema', save: 'config' });
    expect(coverage.branches).toEqual({ hit: 10, of: 10 });
    expect(verdict).toBe('no-divergence');
  });

  test('recorded histories, and what is like them', async () => {
    const started = { type: 'started', at: 1, id: 'a', workflow: 'flow', seed: 's', input: 'order-7' };
    const asked = {
      type: 'decided',
      at: 1,
      commands: [{ kind: 'activity', seq: 1, name: 'fetchRows', args: [], options: {} }],
    };
    const rows = { rows: [{ kind: 'a' }, { kind: 'b' }, { kind: 'c' }] };
    const events = [started, asked, { type: 'activity-completed', at: 2, seq: 1, result: rows }];
    const folder = project({
      'flow.ts': `${UNTYPED}export const fuzz = { results: { save: undefined } };`,
      'old/a.json': JSON.stringify({ schema: 'crashwise/history@1', events }),
      'old/b.json': JSON.stringify({ schema: 'crashwise/engine-show@1', history: events }),
      'old/cut.json': '{ "schema": ',
      'old/newer.json': JSON.stringify({ schema: 'crashwise/history@7', events }),
      'old/other.json': '{}',
    });
    const errors: string[] = [];
    const learn = join(folder, 'old');
    const { verdict, sources, coverage } = await searched(folder, {
      learn,
      onUnusable: ({ message }) => errors.push(message),
    });
    expect(sources).toEqual({ input: 'learned', fetchRows: 'learned', save: 'config' });
    expect(coverage.branches.hit).toBe(10);
    expect(verdict).toBe('no-divergence');
    expect(errors).toEqual([expect.stringContaining('cut.json'), expect.stringContaining('crashwise/history@7')]);
  });

  test('a folder without histories is an error', async () => {
    const folder = project({ 'flow.ts': UNTYPED, 'old/other.json': '{}' });
    for (const learn of ['old', 'none']) {
      await expect(searched(folder, { learn: join(folder, learn) })).rejects.toMatchObject({ code: 'learn-unusable' });
    }
  });

  test('the types: of the activities and of the input', async () => {
    const { verdict, sources, coverage } = await searched(project({ 'flow.ts': TYPED }, ['typescript']));
    expect(sources).toEqual({ input: 'types', fetchRows: 'types', save: 'types' });
    expect(coverage.branches).toEqual({ hit: 10, of: 10 });
    expect(verdict).toBe('no-divergence');
  });

  test('the types of a module of activities that is imported as a type', async () => {
    const files = {
      'flow.ts': FLOW(`<typeof import('./activities.js')>`),
      'activities.ts': `export async function fetchRows(id: string): Promise<${ROWS}> { return { rows: [] }; }
export const save = async (row: unknown): Promise<void> => {};
export const version = 3;`,
      'tsconfig.json': JSON.stringify({ compilerOptions: { module: 'NodeNext', strict: false } }),
    };
    const { sources, coverage } = await searched(project(files, ['typescript']));
    expect(sources).toEqual({ input: 'types', fetchRows: 'types', save: 'types' });
    expect(coverage.branches.hit).toBe(10);
  });
});

describe('what is not known', () => {
  test('nothing at all: inconclusive, with the activity named, and no workflow without a divergence', async () => {
    const { verdict, sources, reasons } = await searched(project({ 'flow.ts': UNTYPED }, ['typescript']));
    expect(sources).toEqual({ input: 'none', fetchRows: 'none' });
    expect(verdict).toBe('inconclusive');
    expect(reasons[0]).toMatch(/^shallow: \d+ of 300 runs end in an error of its own, TypeError: /);
    expect(reasons[1]).toContain('nothing says what "fetchRows" returns (config: `results`)');
  });

  test('the project has types, and no TypeScript: that is said', async () => {
    const { verdict, sources, reasons } = await searched(project({ 'flow.ts': TYPED }));
    expect(sources).toEqual({ input: 'none', fetchRows: 'none' });
    expect(verdict).toBe('inconclusive');
    expect(reasons.at(-1)).toBe('types are not read: the project has no TypeScript from 5 on');
  });

  test('only by type, and the type does not lead far: inconclusive, and that is said', async () => {
    const source = `import { activities, workflow } from 'crashwise/engine';
const { status } = activities<{ status: () => string }>();
export const flow = workflow('flow', async () => {
  const found = await status();
  if (found.startsWith('p') && found.endsWith('d') && found.length > 70) {
    if (found.length > 90) return found.length > 100 ? 1 : 2;
    return 3;
  }
  return 4;
});`;
    const { verdict, sources, reasons } = await searched(project({ 'flow.ts': source }, ['typescript']));
    expect(sources).toEqual({ status: 'types' });
    expect(verdict).toBe('inconclusive');
    expect(reasons).toEqual([
      expect.stringMatching(/^shallow: [34] of 9 branches$/),
      'only the types say what "status" returns (config: `results`)',
    ]);
  });

  test('an unknown result that nobody looks at is no reason for doubt', async () => {
    const source = UNTYPED.replace(/const \{ rows \} = .*\n/, 'await fetchRows(id); const rows = [{ kind: id }];');
    const plan = `import fc from 'fast-check';\nexport const fuzz = { input: fc.constantFrom('a', 'b', 'c') };`;
    const folder = project({ 'flow.ts': source.replace('n > 4', 'n > 2').replace('=== 0', '=== 1') + plan }, [
      'fast-check',
    ]);
    expect(await searched(folder)).toMatchObject({
      verdict: 'no-divergence',
      sources: { fetchRows: 'none', save: 'none' },
    });
  });

  test('a signal that never comes', async () => {
    const source = `import { condition, defineSignal, setHandler, sleep, workflow } from 'crashwise/engine';
export const flow = workflow('flow', async () => {
  let isOpen = false;
  setHandler(defineSignal('open'), () => { isOpen = true; });
  await condition(() => isOpen);
  return isOpen ? 1 : 2;
});`;
    const { verdict, reasons } = await searched(project({ 'flow.ts': source }));
    expect(verdict).toBe('inconclusive');
    expect(reasons.join()).toContain('runs wait for what never comes (config: `signals`)');
    const given = project({ 'flow.ts': `${source}\nexport const fuzz = { signals: { open: [] } };` });
    expect((await searched(given)).verdict).toBe('no-divergence');
  });
});

describe('a plan that cannot be used', () => {
  test.each([
    [
      'an arbitrary that throws',
      `{ results: { a: fc.nat().map(() => { throw new Error('boom'); }) } }`,
      /`results.a` threw Error: boom/,
    ],
    [
      'a function that throws',
      `{ results: { a: () => { throw new Error('boom'); } } }`,
      /`results.a` threw Error: boom/,
    ],
    ['a value that JSON cannot hold', `{ results: { a: fc.date() } }`, /`results.a` gives .* instance of Date/],
    ['a promise', `{ results: { a: async () => 1 } }`, /`results.a` .* it gives a promise/],
    ['a member that there is not', `{ result: { a: 1 } }`, /a member result/],
    ['failures that are no list', `{ failures: { a: 'Error' } }`, /failures.a is no list/],
    ['no object', `7`, /the plan is no object/],
    [
      'a schema that says nothing',
      `{ results: { a: { '~standard': { version: 1, vendor: 'v', validate: () => ({ issues: [{ message: 'no' }] }) } } } }`,
      /schema of v that no values can be drawn from/,
    ],
  ])('%s: that workflow is inconclusive, and the rest goes on', async (_, plan, message) => {
    const source = `import { activities, workflow } from 'crashwise/engine';
import fc from 'fast-check';
const { a } = activities<any>();
export const one = workflow('one', async () => a());
export const two = workflow('two', async () => 4);
export const fuzz = ${plan};`;
    const folder = project({ 'flow.ts': source }, ['fast-check']);
    const errors: unknown[] = [];
    const { targets } = await fuzz({
      files: [join(folder, 'flow.ts')],
      maxRuns: 50,
      onUnusable: (error) => errors.push(error),
    });
    expect(errors[0]).toMatchObject({ code: 'plan-unusable', message: expect.stringMatching(message) });
    expect(targets).toHaveLength(2);
    expect(targets[0]).toMatchObject({
      verdict: 'inconclusive',
      stoppedBy: 'error',
      reasons: [expect.stringMatching(message)],
    });
    if (errors.length === 1) expect(targets[1]).toMatchObject({ verdict: 'no-divergence', runs: 50 });
  });
});
