import { existsSync, mkdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { errorSchema, simulationSchema } from 'crashwise/results';
import { beforeAll, describe, expect, test } from 'vitest';
import { crashwise, installed, project, unwrapped } from './installed.js';
import { signupProject } from './signup-project.js';

beforeAll(installed, 240_000);

const HERE = project();
const SCHEDULE = ['simulate', 'signup', '--schedule', 'accidental:cards.charge.landed'];

test('several reports at once: the screen on stdout, the others in their files', async () => {
  const folder = await signupProject(['signup-ends']);
  const reports = ['junit=out/crashwise.xml', 'mermaid=stories.md', 'json=result.json', 'terminal=screen.txt'];
  const args = ['simulate', ...reports.flatMap((report) => ['--reporter', report])];
  const { code, stdout } = await crashwise(folder, args, { env: { FORCE_COLOR: '1' } });
  const read = (file: string): string => readFileSync(join(folder, file), 'utf8');
  expect(code).toBe(1);
  expect(stdout).toContain('NOT expected');
  const junit = read('out/crashwise.xml');
  expect(junit).toMatch(/^<\?xml .*\n<testsuites name="crashwise simulate" tests="10" failures="1" errors="0" /);
  expect(junit).toContain('npx crashwise simulate signup --schedule accidental:cards.charge.landed</failure>');
  expect(read('stories.md').match(/^sequenceDiagram$/gm)).toHaveLength(2);
  expect(simulationSchema.parse(JSON.parse(read('result.json'))).runs).toHaveLength(2);
  expect(read('screen.txt')).toMatch(/^signup {3}[^]*exit 1\n$/);
  expect(stdout).toContain('\u001B[');
  expect(read('screen.txt')).not.toContain('\u001B[');
});

test('one report instead of the screen; --reporter json is --json', async () => {
  const { code, stdout } = await crashwise(HERE, [...SCHEDULE, '--reporter', 'junit']);
  expect(code).toBe(0);
  expect(stdout).toMatch(/^<\?xml[^]*<\/testsuites>\n$/);
  const one = await crashwise(HERE, [...SCHEDULE, '--reporter', 'json']);
  expect(simulationSchema.parse(JSON.parse(one.stdout)).runs).toHaveLength(1);
  const wrong = await crashwise(HERE, ['simulate', 'nosuch', '--reporter=json']);
  expect(errorSchema.parse(JSON.parse(wrong.stdout))).toMatchObject({ code: 'scenario-not-found' });
});

test('annotations beside the screen, named from the root of the checkout', async () => {
  const folder = await signupProject(['signup-ends']);
  const env = { GITHUB_WORKSPACE: join(folder, '..') };
  const { code, stdout, stderr } = await crashwise(folder, ['simulate', '--reporter', 'github=/dev/stderr'], { env });
  expect(code).toBe(1);
  expect(stdout).toMatch(/exit 1\n$/);
  const [line, ...more] = stderr.split('\n').filter((one) => one.startsWith('::'));
  expect(more).toEqual([]);
  expect(line).toMatch(
    /^::error file=shop-\w+\/scenarios\/signup\/accidental\.ts,line=\d+,title=signup \(accidental\)%3A/,
  );
});

test('an inconclusive run: an error in JUnit and a warning on GitHub; with --fail-on findings skipped', async () => {
  const args = ['simulate', 'signup', '--pattern', 'durable', '--budget', '3states', '--reporter'];
  const counts = / tests="5" failures="(\d)" errors="(\d)" skipped="(\d)"/;
  const junit = await crashwise(HERE, [...args, 'junit']);
  expect([junit.code, ...counts.exec(junit.stdout)!.slice(1)]).toEqual([4, '0', '5', '0']);
  const lenient = await crashwise(HERE, [...args, 'junit', '--fail-on', 'findings']);
  expect([lenient.code, ...counts.exec(lenient.stdout)!.slice(1)]).toEqual([0, '0', '0', '5']);
  expect((await crashwise(HERE, [...args, 'github'])).stdout).toMatch(/^::warning title=[^\n]*\n$/);
});

test.skipIf(!existsSync('/dev/full'))('a disk that is full at the end: told, and the result is not lost', async () => {
  const { code, stdout, stderr } = await crashwise(HERE, [...SCHEDULE, '--json', '--reporter', 'junit=/dev/full']);
  expect(code).toBe(2);
  expect(stderr).toContain('error file-not-written: ');
  expect(simulationSchema.parse(JSON.parse(stdout)).runs).toHaveLength(1);
});

describe('wrong usage, told before anything is run', () => {
  mkdirSync(join(HERE, 'folder'));
  test.each([
    [['--reporter', 'junti'], 'usage', 'Did you mean junit?'],
    [['--reporter', 'junit', '--reporter', 'github'], 'usage', 'Two reports would go to stdout: junit and github.'],
    [['--reporter', 'terminal', '--json'], 'usage', 'Two reports would go to stdout: json and terminal.'],
    [['--reporter', 'junit', '--list'], 'usage', 'cannot be used with'],
    [['--reporter', 'junit=folder'], 'file-not-written', 'folder cannot be written: it is a folder.'],
    [['--emit-test', 'a.txt'], 'usage', '--emit-test takes a .ts, .mts, .js or .mjs file, not a.txt.'],
    [['--emit-test', 'a.test.ts'], 'usage', 'signup comes with crashwise: a test of yours cannot import it.'],
  ])('%j', async (args, errorCode, message) => {
    const { code, stdout, stderr } = await crashwise(HERE, [...SCHEDULE, ...args]);
    expect(code).toBe(2);
    expect(stdout).toEqual(args.includes('--json') ? expect.stringContaining(`"code": "${errorCode}"`) : '');
    expect(stderr).toContain(`error ${errorCode}: `);
    expect(unwrapped(stderr)).toContain(message);
  });
});
