import { cpSync, existsSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { errorSchema, scenarioListSchema, simulationSchema, type SimulationResult } from 'crashwise/results';
import { beforeAll, describe, expect, test } from 'vitest';
import { crashwise, installed, project, unwrapped, type Ended } from './installed.js';
import { WIDE_SCENARIO } from './wide-scenario.js';

const HERE = project();
let whole: Ended;
beforeAll(async () => {
  await installed();
  whole = await crashwise(HERE, ['simulate', 'signup', '--json', '--seed', 'x']);
}, 240_000);

const parsed = ({ stdout }: Ended): SimulationResult => simulationSchema.parse(JSON.parse(stdout));

/** The document without what differs from run to run. */
const steady = ({ stdout }: Ended): string =>
  stdout.replace(/"(ms|statesPerSecond|livesPerSecond)": [\d.]+/g, '"$1": 0');

/** A folder with the shipped scenario in it, under a name. */
async function withScenario(name: string, change: (text: string) => string): Promise<string> {
  const folder = project();
  const scenario = join(folder, 'scenarios', name);
  mkdirSync(scenario, { recursive: true });
  cpSync(join(await installed(), 'node_modules/crashwise/scenarios/signup'), scenario, { recursive: true });
  const file = join(scenario, 'scenario.ts');
  writeFileSync(file, change(readFileSync(file, 'utf8')));
  return folder;
}

describe('the scenario that comes with crashwise', () => {
  test('has its verdicts, in a document that fits the schema, and ends as expected', () => {
    expect(whole.code).toBe(0);
    const { runs, seed } = parsed(whole);
    expect(seed).toBe('x');
    expect(runs.map(({ pattern, verdict }) => [pattern, verdict])).toEqual([
      ['accidental', 'violated'],
      ['durable', 'proved'],
    ]);
    // On a slow machine the progress is told, too.
    expect(whole.stderr).toMatch(/^signup comes with crashwise: .*scenario\.ts\n(?:signup.*: .*\n)*$/);
  });

  test('gives the same document for the same seed, but for times', async () => {
    const again = await crashwise(HERE, ['simulate', 'signup', '--json', '--seed', 'x']);
    expect(steady(again)).toBe(steady(whole));
  });

  test('tells the same story for one schedule as in the whole run', async () => {
    const violation = parsed(whole).runs[0]!.violations[0]!;
    const one = await crashwise(HERE, ['simulate', 'signup', '--json', '--schedule', violation.schedule]);
    expect(one.code).toBe(0);
    expect(parsed(one).runs.map(({ violations }) => violations)).toEqual([[violation]]);
  });

  test('is inconclusive for a schedule that breaks nothing', async () => {
    const { code } = await crashwise(HERE, ['simulate', 'signup', '--schedule', 'durable:mail.send.landed']);
    expect(code).toBe(4);
  });

  test('is searched at random with a budget of runs: no proof, and the same again for the same seed', async () => {
    const args = ['simulate', 'signup', '--budget', '30runs', '--faults', 'timeout-after', '--seed', '7', '--json'];
    const sampled = await crashwise(HERE, args);
    expect(sampled.code).toBe(4);
    expect(parsed(sampled).runs).toMatchObject([
      { pattern: 'accidental', verdict: 'violated', stoppedBy: 'runs', runs: 30 },
      { pattern: 'durable', verdict: 'inconclusive', stoppedBy: 'runs', runs: 30, violations: [] },
    ]);
    expect(steady(await crashwise(HERE, args))).toBe(steady(sampled));
  });

  test('is inconclusive when the budget stops it, which --fail-on findings lets pass', async () => {
    const args = ['simulate', 'signup', '--pattern', 'durable', '--budget', '3states', '--json'];
    const stopped = await crashwise(HERE, args);
    expect(stopped.code).toBe(4);
    expect(parsed(stopped).runs).toMatchObject([{ verdict: 'inconclusive', stoppedBy: 'states', pattern: 'durable' }]);
    expect((await crashwise(HERE, [...args, '--fail-on', 'findings'])).code).toBe(0);
  });

  test('is a screen on stdout, without colour in a pipe, with colour where that is forced', async () => {
    const plain = await crashwise(HERE, ['simulate', 'signup', '--pattern', 'durable']);
    expect(plain.stdout).toContain('PROVED');
    expect(plain.stdout).not.toContain('\u001B[');
    expect(plain.stdout.endsWith('exit 0\n')).toBe(true);
    const args = ['simulate', 'signup', '--schedule', 'durable:mail.send.landed'];
    const colored = async (env: Record<string, string>, ...more: string[]): Promise<boolean> =>
      (await crashwise(HERE, [...args, ...more], { env })).stdout.includes('\u001B[');
    expect(await colored({ FORCE_COLOR: '1' })).toBe(true);
    expect(await colored({ FORCE_COLOR: '1', NO_COLOR: '1' })).toBe(true);
    expect(await colored({ NO_COLOR: '1' })).toBe(false);
    expect(await colored({ FORCE_COLOR: '1' }, '--no-color')).toBe(false);
  });
});

describe('what scenarios there are', () => {
  test('--list loads them and runs none', async () => {
    const { code, stdout } = await crashwise(HERE, ['simulate', '--list', '--json']);
    expect(code).toBe(0);
    const { scenarios } = scenarioListSchema.parse(JSON.parse(stdout));
    const patterns = [
      { name: 'accidental', expected: 'violated' },
      { name: 'durable', expected: 'proved' },
    ];
    expect(scenarios).toContainEqual(expect.objectContaining({ name: 'signup', shipped: true, patterns }));
    expect((await crashwise(HERE, ['simulate', '--list'])).stdout).toContain('accidental: violated expected');
  });

  test('a name of this directory, a folder and a file are found; the command in the result finds it again', async () => {
    const folder = await withScenario('join', (text) => text);
    for (const target of ['join', 'scenarios/join', './scenarios/join/scenario.ts']) {
      const args = ['simulate', target, '--json', '--schedule', 'accidental:cards.charge.landed'];
      const ended = await crashwise(folder, args);
      expect(ended).toMatchObject({ code: 0, stderr: '' });
      const [violation] = parsed(ended).runs[0]!.violations;
      expect(violation!.location!.file).toBe('scenarios/join/accidental.ts');
      expect(violation!.reproduce.command).toContain(`simulate ${target} --schedule`);
    }
    const list = await crashwise(folder, ['simulate', '--list', '--json', '--only', 'jo*']);
    expect(JSON.parse(list.stdout)).toMatchObject({ scenarios: [{ name: 'join', shipped: false }] });
  });

  test('--only finds what --list shows, and what is named twice is run once', async () => {
    const args = ['simulate', '--only', 'sig*', '--schedule', 'accidental:cards.charge.landed', '--json'];
    expect(parsed(await crashwise(HERE, args)).runs.map(({ scenario }) => scenario)).toEqual(['signup']);
    const list = await crashwise(HERE, ['simulate', 'signup', 'signup', '--list', '--json']);
    expect(scenarioListSchema.parse(JSON.parse(list.stdout)).scenarios).toHaveLength(1);
  });

  test('a story names the page where the reader finds it, and the document as it is called', async () => {
    const args = ['simulate', 'signup', '--schedule', 'accidental:cards.charge.landed'];
    const { stdout } = await crashwise(HERE, args);
    const [, page = ''] = /^ {2}read +(.*)$/m.exec(stdout.replaceAll(/\n {12}/g, '')) ?? [];
    expect(existsSync(join(HERE, page)) || existsSync(page), page).toBe(true);
    expect(parsed(await crashwise(HERE, [...args, '--json'])).runs[0]!.violations[0]!.page).toBe(
      'docs/errors/charged-twice.md',
    );
  });

  test('one that breaks a property outside of those it expects is a finding', async () => {
    const folder = await withScenario('join', (text) => text.replace("['charged-once', 'signup-ends']", "['x']"));
    expect((await crashwise(folder, ['simulate', '--schedule', 'accidental:cards.charge.landed'])).code).toBe(1);
  });

  test.each([
    [['singup'], 'scenario-not-found', 'Did you mean signup?'],
    [['signup', '--pattern', 'durible'], 'pattern-not-found', 'Did you mean durable?'],
    [['signup', '--only', 'x*'], 'scenario-not-found', 'There is: signup.'],
    [[], 'scenario-not-found', 'Shipped: agent-refund, approval, '],
    [[], 'scenario-not-found', '\ndo    Write one, npx crashwise init, or name one: npx crashwise simulate signup\n'],
    [['signup', '--schedule', 'nonsense'], 'schedule-unreadable', 'nonsense'],
    [['signup', '--schedule', 'accidental:no.landed'], 'schedule-misfit', 'Life 1 never comes to no.landed'],
  ])('%j is refused', async (args, errorCode, message) => {
    const { code, stdout, stderr } = await crashwise(HERE, ['simulate', ...args, '--json']);
    expect(code).toBe(2);
    expect(errorSchema.parse(JSON.parse(stdout))).toMatchObject({ code: errorCode });
    expect(stderr).toContain(`error ${errorCode}: `);
    expect(unwrapped(stderr)).toContain(message);
    expect(stderr).not.toMatch(/^ +at .*:\d+:\d+/m);
  });

  test('a scenario of the user that throws is told with its line, not as a bug of crashwise', async () => {
    const folder = await withScenario('join', (text) => text.replace('mail.sent > 0', 'mail.nosuch.sent > 0'));
    const { code, stderr } = await crashwise(folder, ['simulate', 'join']);
    expect(code).toBe(2);
    expect(unwrapped(stderr)).toMatch(/^error code-threw: TypeError: .* at scenarios\/join\/scenario\.ts:\d+\n/m);
  });

  test.each([
    ['await new Promise(() => {});', 'module-not-loaded'],
    ['if (globalThis.loaded) await new Promise(() => {}); globalThis.loaded = true;', 'scenario-unsteady'],
  ])('a scenario that awaits for ever, when it is loaded or for a life, is told so: %s', async (line, errorCode) => {
    const folder = await withScenario('join', (text) => `${line}\n${text}`);
    const { code, stderr } = await crashwise(folder, ['simulate', 'join']);
    expect(code).toBe(2);
    expect(stderr).toContain(`error ${errorCode}: `);
    expect(unwrapped(stderr)).toContain('It awaits something at its top level that never comes.');
  });

  test('a file without a scenario is refused', async () => {
    const folder = project({ 'scenarios/empty/scenario.ts': 'export const a: number = 1;' });
    const { code, stderr } = await crashwise(folder, ['simulate']);
    expect({ code, stderr }).toMatchObject({ code: 2, stderr: expect.stringContaining('error scenario-invalid: ') });
  });
});

test.each([0, 1])('process.exit(%d) in code of the user is told, and ends with 2', async (code) => {
  const folder = await withScenario('leaves', (text) => `process.exit(${code});\n${text}`);
  const ended = await crashwise(folder, ['simulate', 'leaves', '--json']);
  expect(ended.code).toBe(2);
  expect(ended.stderr).toContain(`error code-threw: process.exit(${code}) was called.`);
  expect(errorSchema.parse(JSON.parse(ended.stdout)).code).toBe('code-threw');
});

describe('code of the user that lets nothing else run', () => {
  test.concurrent.each([
    ['when it is loaded', (text: string) => text.replace('const services', 'for (;;) await null;\nconst services')],
    ['in a goal', (text: string) => text.replace('=> on > 0', '=> { for (;;); }')],
    ['in an activity', (text: string) => text.replace('=> light({ lamp })', '=> { for (;;) await null; }')],
  ])('is ended, and its line is told, %s', { timeout: 60_000 }, async (_, change) => {
    const text = change(WIDE_SCENARIO).replace('(lamp: number) =>', 'async (lamp: number) =>');
    const folder = project({ 'scenarios/stuck/scenario.ts': text.replace('[1, 2, 3, 4, 5, 6, 7]', '[1]') });
    const line = text.split('\n').findIndex((one) => one.includes('for (;;)')) + 1;
    expect(line).toBeGreaterThan(0);
    const { code, stdout, stderr } = await crashwise(folder, ['simulate', 'stuck', '--json', '--budget', '9s']);
    expect(errorSchema.parse(JSON.parse(stdout))).toMatchObject({ code: 'code-stuck' });
    expect(unwrapped(stderr)).toContain(`scenarios/stuck/scenario.ts:${line} lets nothing else run`);
    expect(code).toBe(2);
  });
});

test('a full memory is told, and ends with 2', async () => {
  const keeps = 'const kept = (globalThis.kept ??= []);\nfor (let at = 0; at < 1e6; at += 1) kept.push({ at });\n';
  const folder = await withScenario('keeps', (text) => keeps + text);
  const env = { NODE_OPTIONS: '--max-old-space-size=128' };
  const { code, stdout } = await crashwise(folder, ['simulate', 'keeps', '--json'], { env });
  expect(errorSchema.parse(JSON.parse(stdout)).code).toBe('memory-full');
  expect(code).toBe(2);
});
