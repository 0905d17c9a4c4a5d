import { join } from 'node:path';
import { loadScenario, simulate, World, type Scenario } from 'crashwise/simulator';
import { describe, expect, test } from 'vitest';
import { loadModule } from '../../src/loader/load-module.js';
import { userFiles } from '../loader/user-files.js';
import { durableSteps, toyScenario } from './toy.js';

// Goal: what a module keeps in its variables does not survive a crash. Method: flows whose safety rests on such memory,
// loaded by path; and the same flows with one set of modules for all lives, which shows what that would hide.

const SCENARIO = `
  import { accidental, defineScenario } from 'crashwise/simulator';
  import { app } from './app.js';
  import { lamp } from './lamp.js';
  const HOUR_MS = 3_600_000;
  export default defineScenario({
    name: 'flash',
    title: 'flash a lamp',
    services: { lamp },
    keys: ['a'],
    steps: [{
      title: 'flash', effect: 'lamp.flash', class: 'CLASS', property: 'flashed-once',
      key: () => 'a', text: () => 'flash', twice: () => 'It flashed twice.', never: () => 'It never flashed.',
    }],
    goal: { property: 'ends', reached: () => true, missed: (where) => where },
    patterns: [accidental({ request: { id: 'a' }, stuckAfterMs: HOUR_MS, sweepEveryMs: HOUR_MS, app })],
    assumes: [],
    OPTIONS
  });`;

const LAMP = `
  import { defineService } from 'crashwise/simulator';
  export const lamp = defineService({
    initial: { keys: [] },
    requests: {
      flash({ keys }, key) {
        if (keys.includes(key)) return { state: { keys }, result: 0, effect: 'refused', text: 'known' };
        return { state: { keys: [...keys, key] }, result: 0, effect: 'done', text: 'it flashes' };
      },
    },
  });`;

/** Flashes with a key that another module keeps. */
const KEYED = `
  import { keyOf } from './memory.js';
  export const app = ({ services, randomUUID }) => ({
    jobs: {},
    sweep: async () => {},
    async post() {
      await services.lamp.flash(keyOf(randomUUID));
    },
  });`;

interface Setup {
  readonly files: Readonly<Record<string, string>>;
  readonly kind?: string;
  readonly options?: string;
}

async function load({ files, kind = 'exactly-once', options = '' }: Setup): Promise<Scenario> {
  const scenario = SCENARIO.replace('CLASS', kind).replace('OPTIONS', options);
  const folder = userFiles({ 'scenario.ts': scenario, 'lamp.ts': LAMP, 'app.ts': KEYED, ...files });
  return loadScenario(join(folder, 'scenario.ts'));
}

async function run(scenario: Scenario) {
  const { runs } = await simulate({ scenarios: [scenario] });
  return runs[0]!;
}

const shared = (scenario: Scenario): Scenario => ({ ...scenario });
const refused = (code: string, message: unknown = expect.anything()): unknown =>
  expect.objectContaining({ code, message });

describe('a key that is kept only in memory is violated, and would be proved if modules survived', () => {
  const KEY = 'let key; export const keyOf = (make) => (key ??= make());';
  test.each<[where: string, files: Readonly<Record<string, string>>]>([
    ['in a variable of a module', { 'memory.ts': KEY }],
    [
      'in a map',
      {
        'memory.ts':
          "const keys = new Map(); export const keyOf = (make) => keys.get('a') ?? (keys.set('a', make()), keys.get('a'));",
      },
    ],
    [
      'in a static of a class',
      { 'memory.ts': 'class Keys { static key: string; } export const keyOf = (make) => (Keys.key ??= make());' },
    ],
    ['behind a re-export', { 'memory.ts': "export * from './inner/state.js';", 'inner/state.ts': KEY }],
    [
      'behind a path of the tsconfig',
      {
        'tsconfig.json': '{ "compilerOptions": { "paths": { "@inner/*": ["./inner/*"] } } }',
        'memory.ts': "export { keyOf } from '@inner/state';",
        'inner/state.ts': KEY,
      },
    ],
    [
      'in CommonJS',
      {
        'memory.ts': "import { keyOf } from './state.cjs'; export { keyOf };",
        'state.cjs': 'let key; exports.keyOf = (make) => (key ??= make());',
      },
    ],
    [
      'in CommonJS that is required',
      {
        'memory.ts': "const { keyOf } = require('./state.cjs'); export { keyOf };",
        'state.cjs': 'let key; exports.keyOf = (make) => (key ??= make());',
      },
    ],
    [
      'in what a JSON file holds',
      {
        'memory.ts': "import kept from './kept.json'; export const keyOf = (make) => (kept.key ??= make());",
        'kept.json': '{ "key": null }',
      },
    ],
    [
      'in a cycle of imports',
      {
        'memory.ts':
          "import { kept } from './kept.js'; export const empty = () => ({}); export const keyOf = (make) => (kept().key ??= make());",
        'kept.ts': "import { empty } from './memory.js'; let all; export const kept = () => (all ??= empty());",
      },
    ],
    [
      'in a module that is imported when it is needed',
      {
        'memory.ts': KEY,
        'app.ts': KEYED.replace(/import .*\n/, '').replace(
          'await services',
          "const { keyOf } = await import('./memory.js');\n await services",
        ),
      },
    ],
  ])('%s', async (_, files) => {
    const scenario = await load({ files });
    const { verdict, violations, certificate } = await run(scenario);
    expect({ verdict, properties: violations.map(({ property }) => property) }).toEqual({
      verdict: 'violated',
      properties: ['flashed-once'],
    });
    expect(violations[0]).toMatchObject({ crashes: 1, schedule: 'accidental:lamp.flash.landed' });
    expect(certificate.assumes.filter((line) => /variables/.test(line))).toEqual([]);
    expect((await run(shared(scenario))).verdict).toBe('proved');
  });
});

test('a map of what was done, in memory, deduplicates nothing after a crash', async () => {
  // Looked into only where the work has been tried before: so the first life is the same whatever the map holds.
  const app = `
    const done = new Map();
    export const app = ({ table, services, randomUUID }) => ({
      jobs: {},
      sweep: async () => {},
      async post({ id }) {
        const row = await table('rows').findOrCreate(id, { status: 'new' });
        if (row.status === 'sent') return;
        if (row.status === 'new') await table('rows').update(id, { status: 'sending' });
        if (row.status === 'new' || !done.has(id)) {
          await services.lamp.flash(randomUUID());
          done.set(id, true);
        }
        await table('rows').update(id, { status: 'sent' });
      },
    });`;
  const scenario = await load({ files: { 'app.ts': app }, kind: 'at-most-once' });
  const { verdict, violations } = await run(scenario);
  expect(verdict).toBe('violated');
  expect(violations).toMatchObject([
    { property: 'flashed-once', sentence: expect.stringContaining('It flashed twice.'), crashes: 1 },
  ]);
  expect((await run(shared(scenario))).verdict).toBe('proved');
  // In its plain form it was told to be unsteady, and is now judged.
  const plain = app.replace("row.status === 'new' || ", '');
  const other = await load({ files: { 'app.ts': plain }, kind: 'at-most-once' });
  expect((await run(other)).verdict).toBe('violated');
  expect(await run(shared(other))).toMatchObject({ verdict: 'inconclusive', stoppedBy: 'unsteady' });
});

test('a counter starts again in each life, as it does in a process: keys made from it are the same, which is proved', async () => {
  const files = { 'memory.ts': 'let n = 0; export const keyOf = () => `k${(n += 1)}`;' };
  const scenario = await load({ files });
  expect((await run(scenario)).verdict).toBe('proved');
  expect(await run(shared(scenario))).toMatchObject({ verdict: 'inconclusive', stoppedBy: 'unsteady' });
});

describe('a package that keeps a key', () => {
  const PACKAGES = {
    cjs: {
      'index.js': 'let key; exports.keyOf = (make) => (key ??= make());',
      'package.json': '{ "name": "PACKAGE" }',
    },
    esm: {
      'index.js': 'let key; export const keyOf = (make) => (key ??= make());',
      'package.json': '{ "name": "PACKAGE", "type": "module", "exports": "./index.js" }',
    },
  };
  const filesOf = (kind: keyof typeof PACKAGES, name: string): Record<string, string> => ({
    ...Object.fromEntries(
      Object.entries(PACKAGES[kind]).map(([file, text]) => [
        `node_modules/${name}/${file}`,
        text.replace('PACKAGE', name),
      ]),
    ),
    'node_modules/another/index.js': 'exports.nothing = 0;',
    'memory.ts': `import 'another'; export { keyOf } from '${name}';`,
  });

  test.each([
    ['cjs' as const, 'keeper'],
    ['esm' as const, '@shop/keeper'],
  ])('of %s is shared and named, and is found where it is listed', async (kind, name) => {
    const files = filesOf(kind, name);
    const line = 'variables of shared packages keep nothing from life to life: ';
    const trusted = await run(await load({ files }));
    expect(trusted.verdict).toBe('proved');
    expect(trusted.certificate.assumes).toContain(line + [name, 'another'].sort().join(', '));
    const listed = await run(await load({ files, options: `freshPackages: ['${name}'],` }));
    expect(listed.verdict).toBe('violated');
    expect(listed.certificate.assumes).toContain(`${line}another`);
  });

  test('a list that is none is refused', async () => {
    const scenario = await load({ files: filesOf('cjs', 'keeper'), options: "freshPackages: 'keeper'," });
    await expect(run(scenario)).rejects.toEqual(refused('scenario-invalid'));
  });
});

test('the certificate says what it takes for granted about memory', async () => {
  const scenario = await load({ files: { 'memory.ts': 'export const keyOf = () => "k";' } });
  const OLD = 'module variables of the scenario keep nothing from life to life';
  const GLOBALS = 'what the scenario sets on globalThis, process or a module of Node keeps nothing from life to life';
  const fresh = (await run(scenario)).certificate.assumes;
  expect(fresh).toContain(GLOBALS);
  expect(fresh).not.toContain(OLD);
  expect(fresh.filter((line) => line.includes('shared packages'))).toEqual([]);
  const memory = 'export const keyOf = (make) => (globalThis.__key ??= make());';
  const hiding = await run(await load({ files: { 'memory.ts': memory } }));
  // Memory that is not seen through is named, at least.
  expect(hiding.certificate.assumes).toContain(`${GLOBALS}: __key`);
  Reflect.deleteProperty(globalThis, '__key');
  const imported = (await run(shared(scenario))).certificate.assumes;
  expect(imported).toContain(OLD);
  expect(imported).not.toContain(GLOBALS);
});

test('a module that starts a timer keeps its process busy past the boundaries: nothing is proved', async () => {
  const memory = "(globalThis.__timers ??= []).push(setInterval(() => {}, 1_000)); export const keyOf = () => 'k';";
  const scenario = await load({ files: { 'memory.ts': memory } });
  const { verdict, stoppedBy } = await run(scenario);
  const world = globalThis as { __timers?: NodeJS.Timeout[] };
  for (const timer of world.__timers!) clearInterval(timer);
  delete world.__timers;
  expect({ verdict, stoppedBy }).toEqual({ verdict: 'inconclusive', stoppedBy: 'outside-work' });
});

test('a worker that takes over from one that stands still has modules of its own', async () => {
  const pattern = durableSteps(1, true);
  let made = 0;
  const started: number[] = [];
  const fresh = async (): Promise<typeof pattern> => {
    const number = (made += 1);
    return { ...pattern, start: (...args) => (started.push(number), pattern.start(...args)) };
  };
  const faults = { faults: new Set(['pause-before' as const]), maxFaults: 1 };
  const world = new World(toyScenario([pattern], ['step 1']), pattern, faults, { fresh });
  const pause = { fault: 'pause-before' as const, site: 'lamp.flash', occurrence: 1 };
  const { end } = await world.life(world.initial, { choices: [], faults: [pause] });
  expect({ end, started }).toEqual({ end: 'rest', started: [1, 2] });
});

test("a violation names the user's line, and its schedule runs again", async () => {
  const scenario = await load({ files: { 'memory.ts': 'let key; export const keyOf = (make) => (key ??= make());' } });
  const [violation] = (await run(scenario)).violations;
  expect(violation!.location).toMatchObject({ file: expect.stringMatching(/app\.ts$/), line: 7 });
  const { runs } = await simulate({ scenarios: [scenario], schedule: violation!.schedule });
  expect(runs[0]!.violations).toEqual([violation]);
});

describe('what cannot be loaded', () => {
  test.each<[what: string, files: Readonly<Record<string, string>>, message: RegExp]>([
    [
      'a syntax error',
      { 'app.ts': 'export const = 1;' },
      /^.*scenario\.ts could not be loaded\. ParseError: .*\nby way of .*scenario\.ts:3 > .*app\.ts:1$/s,
    ],
    [
      'a missing import',
      { 'app.ts': "\nimport './deep/b.js';", 'deep/b.ts': "import './nosuch.js';" },
      /Cannot find module '\.\/nosuch\.js'\nby way of .*scenario\.ts:3 > .*app\.ts:2 > .*b\.ts:1$/,
    ],
    [
      'an error',
      { 'app.ts': "import './lamp.js'; import './memory.js';", 'memory.ts': "\nthrow new TypeError('no url');" },
      /TypeError: no url\nby way of .*scenario\.ts:3 > .*app\.ts:1 > .*memory\.ts:2$/,
    ],
    ['a text that is thrown', { 'scenario.ts': "throw 'text';" }, /It threw text\.\nat .*scenario\.ts$/],
  ])('%s: the same message as for any module of the user', async (_, files, message) => {
    const folder = userFiles({ 'scenario.ts': SCENARIO, 'lamp.ts': LAMP, ...files });
    const file = join(folder, 'scenario.ts');
    const told = async (loader: (path: string) => Promise<unknown>): Promise<string> =>
      loader(file).then(
        () => 'loaded',
        (error: { code: string; message: string }) => `${error.code}: ${error.message}`,
      );
    const here = await told(loadScenario);
    expect(here.replace('module-not-loaded: ', '')).toMatch(message);
    // The line of an import that failed to compile is told here, too.
    expect(here.replace(/:\d+ > /g, ' > ')).toBe((await told(loadModule)).replace(/:\d+ > /g, ' > '));
  });

  test('a file that is not there, and one without a scenario', async () => {
    await expect(loadScenario('nosuch.ts')).rejects.toEqual(
      refused('module-not-loaded', 'There is no file nosuch.ts.'),
    );
    const folder = userFiles({ 'none.ts': 'export const a = 1;', 'some.cjs': 'module.exports = { name: "x" };' });
    const none = expect.stringMatching(/none\.ts has no scenario as its default export\.$/);
    await expect(loadScenario(join(folder, 'none.ts'))).rejects.toEqual(refused('scenario-invalid', none));
    const some = expect.stringMatching(/some\.cjs lacks title, services, /);
    await expect(loadScenario(join(folder, 'some.cjs'))).rejects.toEqual(refused('scenario-invalid', some));
  });

  test('what is thrown only by a second evaluation, or a pattern that is gone then, is told so', async () => {
    const once =
      "\nif (globalThis.__loaded) throw new Error('already registered');\nglobalThis.__loaded = true;\nexport const keyOf = () => 'k';";
    const scenario = await load({ files: { 'memory.ts': once } });
    const message = expect.stringMatching(
      /scenario\.ts was loaded, and failed when it was evaluated anew for a life\. already registered\nby way of .*scenario\.ts:3 > .*app\.ts:2 > .*memory\.ts:2$/,
    );
    await expect(run(scenario)).rejects.toEqual(refused('scenario-unsteady', message));
    Reflect.deleteProperty(globalThis, '__loaded');
    const memory = 'export const keyOf = () => "k"; export const n = (globalThis.__n = (globalThis.__n ?? 0) + 1);';
    const gone = await load({
      files: { 'memory.ts': memory },
      options: '...(globalThis.__n > 1 ? { patterns: [{ name: "queue" }] } : {}),',
    });
    const changed = expect.stringMatching(/evaluated anew for a life, brings no pattern "accidental" where it was\.$/);
    await expect(run(gone)).rejects.toEqual(refused('scenario-unsteady', changed));
    Reflect.deleteProperty(globalThis, '__n');
  });
});
