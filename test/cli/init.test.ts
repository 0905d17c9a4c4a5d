import { spawnSync } from 'node:child_process';
import { existsSync, mkdirSync, readdirSync, readFileSync, symlinkSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { initScenario } from 'crashwise';
import { errorSchema, initSchema, simulationSchema, type SimulationRun } from 'crashwise/results';
import { format } from 'prettier';
import { beforeAll, describe, expect, test } from 'vitest';
import { root } from '../docs/pages.js';
import { crashwise, installed, project, unwrapped } from './installed.js';

beforeAll(installed, 180_000);

const PROJECTS = {
  'TypeScript, ESM': {
    files: { 'package.json': '{"type":"module","devDependencies":{"typescript":"*"}}' },
    ending: 'ts',
  },
  'TypeScript, CommonJS': { files: { 'package.json': '{"type":"commonjs"}', 'tsconfig.json': '{}' }, ending: 'mts' },
  'JavaScript, ESM': { files: { 'package.json': '{"type":"module"}' }, ending: 'js' },
  'JavaScript, CommonJS': { files: { 'package.json': '{"name":"shop"}' }, ending: 'mjs' },
  'a folder without a package': { files: {}, ending: 'ts' },
} as const;

const PATTERNS = {
  durable: {
    flow: 'workflow',
    line: /^ +key: activityInfo\(\)\.idempotencyKey, \/\/ TRY: take this line away.*\n/m,
    instead: '',
  },
  accidental: {
    flow: 'app',
    line: /key: `charge-card:\$\{id\}`(?=, \/\/ TRY: key: tools\.randomUUID\(\))/,
    instead: 'key: tools.randomUUID()',
  },
} as const;

const cases = Object.keys(PROJECTS).flatMap((kind) =>
  Object.keys(PATTERNS).map((pattern) => [kind, pattern] as [keyof typeof PROJECTS, keyof typeof PATTERNS]),
);

/** A project of this kind in which crashwise is installed, and what `init` made of it. */
async function started(kind: keyof typeof PROJECTS, ...args: readonly string[]) {
  const folder = project(PROJECTS[kind].files);
  mkdirSync(join(folder, 'node_modules'));
  symlinkSync(join(await installed(), 'node_modules/crashwise'), join(folder, 'node_modules/crashwise'));
  const ended = await crashwise(folder, ['init', '--yes', '--json', ...args]);
  expect(ended).toMatchObject({ code: 0, stderr: '' });
  return { folder, result: initSchema.parse(JSON.parse(ended.stdout)) };
}

async function runOf(folder: string): Promise<{ code: number | null; run: SimulationRun }> {
  const { code, stdout, stderr } = await crashwise(folder, ['simulate', 'order', '--json']);
  expect(stderr).not.toContain('error');
  return { code, run: simulationSchema.parse(JSON.parse(stdout)).runs[0]! };
}

describe.each(cases)('%s, %s', (kind, pattern) => {
  const { ending } = PROJECTS[kind];
  const { flow, line, instead } = PATTERNS[pattern];

  test('runs at once and is proved; with the line changed that it names, one crash breaks it', async () => {
    const { folder, result } = await started(kind, '--pattern', pattern);
    expect(result).toEqual({
      schema: 'crashwise/init@1',
      entity: 'order',
      pattern,
      steps: [
        { title: 'charge card', class: 'exactly-once' },
        { title: 'send mail', class: 'at-least-once' },
      ],
      files: ['services', flow, 'scenario'].map((name) => `scenarios/order/${name}.${ending}`),
      next: 'npx crashwise simulate order',
    });
    const good = await runOf(folder);
    expect(good.code).toBe(0);
    expect(good.run).toMatchObject({ pattern, verdict: 'proved', closed: true, violations: [] });
    expect(good.run.twiceAllowed).toMatchObject([{ title: 'send mail' }]);

    const file = join(folder, `scenarios/order/${flow}.${ending}`);
    const text = readFileSync(file, 'utf8');
    expect(text).toMatch(line);
    writeFileSync(file, text.replace(line, instead));
    const bad = await runOf(folder);
    expect(bad.code).toBe(1);
    expect(bad.run).toMatchObject({
      verdict: 'violated',
      violations: [
        {
          property: 'charge-card-once',
          crashes: 1,
          sentence: 'order-1: charge card was done twice. Each crash there does it once more.',
        },
      ],
    });
  });

  test('has types that hold, and the usual form', async () => {
    const { folder, result } = await started(kind, '--pattern', pattern);
    for (const file of result.files) {
      const text = readFileSync(join(folder, file), 'utf8');
      expect(text).toBe(await format(text, { filepath: file, singleQuote: true, printWidth: 120 }));
    }
    if (kind.startsWith('a folder')) return; // A compiler takes it for CommonJS; the loader does not.
    symlinkSync(join(root, 'node_modules/@types'), join(folder, 'node_modules/@types'));
    const compilerOptions = {
      module: 'nodenext',
      target: 'es2023',
      types: ['node'],
      strict: true,
      exactOptionalPropertyTypes: true,
      noUncheckedIndexedAccess: true,
      noUnusedLocals: true,
      verbatimModuleSyntax: true,
      allowJs: true,
      checkJs: false,
      noEmit: true,
    };
    writeFileSync(join(folder, 'tsconfig.json'), JSON.stringify({ compilerOptions, include: ['scenarios'] }));
    const tsc = join(root, 'node_modules/.bin/tsc');
    const check = (): string => spawnSync(tsc, ['-p', folder, '--pretty', 'false'], { encoding: 'utf8' }).stdout;
    expect(check()).toBe('');
    if (!ending.endsWith('ts')) return;
    const file = join(folder, `scenarios/order/services.${ending}`);
    writeFileSync(file, readFileSync(file, 'utf8').replaceAll('chargeCard:', 'chargeCart:'));
    expect(check()).toContain("'chargeCard' does not exist");
  });
});

test('steps of one’s own, also with names that are words of JavaScript', async () => {
  const args = ['--entity', 'class', '--steps', 'delete, typeof,new-try', '--twice', 'new-try'];
  for (const pattern of ['durable', 'accidental']) {
    const { folder, result } = await started('TypeScript, ESM', ...args, '--pattern', pattern);
    expect(result.steps.map((step) => Object.values(step).join(': '))).toEqual([
      'delete: exactly-once',
      'typeof: exactly-once',
      'new-try: at-least-once',
    ]);
    const { code, stdout } = await crashwise(folder, ['simulate', 'class']);
    expect(stdout).toMatch(/PROVED +\w+: no number of crashes breaks delete-once, typeof-once,\s+new-try-done,/);
    expect(code).toBe(0);
  }
});

test('prints what it wrote and the next command, which works as it stands', async () => {
  const folder = project();
  const { code, stdout, stderr } = await crashwise(folder, ['init', '--yes', '--entity', 'trial']);
  expect({ code, stderr }).toEqual({ code: 0, stderr: '' });
  expect(stdout).toBe(
    [
      'wrote  scenarios/trial/services.ts',
      '       scenarios/trial/workflow.ts',
      '       scenarios/trial/scenario.ts',
      '',
      'next   npx crashwise simulate trial',
      '',
    ].join('\n'),
  );
  expect((await crashwise(folder, ['simulate', 'trial'])).stdout).toContain('1 proved');
});

describe('never overwrites', () => {
  const refused = async (folder: string, ...args: readonly string[]) => {
    const { code, stdout, stderr } = await crashwise(folder, ['init', '--yes', '--json', ...args]);
    expect(code).toBe(2);
    return { ...errorSchema.parse(JSON.parse(stdout)), stderr: unwrapped(stderr) };
  };

  test.each(['scenario.ts', 'scenario.mjs', 'services.ts', 'workflow.ts'])('%s', async (name) => {
    const folder = project({ [`scenarios/order/${name}`]: 'mine' });
    const { code, message } = await refused(folder);
    expect({ code, message }).toEqual({
      code: 'scenario-exists',
      message: `scenarios/order/${name} is there already.`,
    });
    expect(readdirSync(join(folder, 'scenarios/order'))).toEqual([name]);
    expect(readFileSync(join(folder, 'scenarios/order', name), 'utf8')).toBe('mine');
  });

  test('a link that leads nowhere', async () => {
    const folder = project({ 'scenarios/order/notes.md': '' });
    symlinkSync('elsewhere.ts', join(folder, 'scenarios/order/workflow.ts'));
    expect(await refused(folder)).toMatchObject({ code: 'scenario-exists' });
    expect(existsSync(join(folder, 'scenarios/order/elsewhere.ts'))).toBe(false);
    expect(readdirSync(join(folder, 'scenarios/order')).sort()).toEqual(['notes.md', 'workflow.ts']);
  });

  test('a file where a folder is needed: the system’s word, and nothing is left', async () => {
    for (const name of ['scenarios', 'scenarios/order']) {
      const folder = project({ [name]: 'mine' });
      const { code, message } = await refused(folder);
      expect(code).toBe('scenario-not-written');
      expect(message).toMatch(/^scenarios(?:\/order)? could not be written: E(?:NOTDIR|EXIST): /);
      expect(readFileSync(join(folder, name), 'utf8')).toBe('mine');
    }
  });

  test('an existing scenario stays when another one is added', async () => {
    const folder = project({ 'scenarios/order/scenario.ts': 'mine' });
    expect((await crashwise(folder, ['init', '--yes', '--entity', 'trial'])).code).toBe(0);
    expect(readdirSync(join(folder, 'scenarios')).sort()).toEqual(['order', 'trial']);
  });
});

test.each([
  [['--entity', 'a b'], "Option '--entity <name>' argument 'a b' is invalid. A name has letters, digits"],
  [['--entity', '../x'], 'A name has letters, digits and single dashes'],
  [['--pattern', 'durible'], 'Allowed choices are durable, accidental. Did you mean durable?'],
  [['--steps', 'a,,b'], 'It takes names with commas between them.'],
  [['--yes', '--steps', 'a,b,c,d'], 'A first flow has 1 to 3 steps'],
  [['--yes', '--twice', 'send male'], '"send male" is none of the steps: charge card, send mail.'],
  [
    [],
    'Not answered, and here nobody can be asked: --entity (order), --pattern (durable), --steps (charge card,send mail).',
  ],
  [['--entity', 'trial', '--steps', 'ship'], 'Not answered, and here nobody can be asked: --pattern (durable).'],
])('init %j is wrong usage, and writes nothing', async (args, message) => {
  const folder = project();
  const { code, stdout, stderr } = await crashwise(folder, ['init', ...args]);
  expect({ code, stdout }).toEqual({ code: 2, stdout: '' });
  expect(unwrapped(stderr)).toContain(message);
  expect(readdirSync(folder)).toEqual([]);
});

test('with all three answers nobody needs to be asked', async () => {
  const args = ['init', '--entity', 'trial', '--pattern', 'accidental', '--steps', 'ship', '--json'];
  const { code, stdout } = await crashwise(project(), args);
  expect(code).toBe(0);
  expect(initSchema.parse(JSON.parse(stdout)).steps).toEqual([{ title: 'ship', class: 'exactly-once' }]);
});

test('as a function: the same result, in any directory, and a wrong answer is an error', async () => {
  const directory = project();
  const { next, files } = await initScenario({ directory, entity: 'trial' });
  expect(next).toBe('npx crashwise simulate trial');
  expect(files).toHaveLength(3);
  expect(readdirSync(join(directory, 'scenarios/trial')).sort()).toEqual(['scenario.ts', 'services.ts', 'workflow.ts']);
  await expect(initScenario({ directory, entity: '/' })).rejects.toMatchObject({ code: 'usage' });
  await expect(initScenario({ directory, entity: 'trial' })).rejects.toMatchObject({ code: 'scenario-exists' });
});
