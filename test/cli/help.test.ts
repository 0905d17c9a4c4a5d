import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { beforeAll, describe, expect, test } from 'vitest';
import { TABLES } from '../../src/cli/tables/index.js';
import { crashwise, installed, project, unwrapped } from './installed.js';

beforeAll(installed, 180_000);

const HERE = project();

/** Every script that a run of the command line loads, as V8 counts them. */
async function loadedBy(...args: string[]): Promise<readonly string[]> {
  const folder = project();
  await crashwise(HERE, args, { env: { NODE_V8_COVERAGE: folder } });
  return readdirSync(folder).flatMap((file) => {
    const { result } = JSON.parse(readFileSync(join(folder, file), 'utf8')) as { result: { url: string }[] };
    return result.map(({ url }) => url);
  });
}

const HEAVY =
  /\/(?:dist\/(?:engine|simulator|report|results\/(?!exit-codes|fault-names))|node_modules\/(?:zod|jiti|chalk|inquirer))\b/;

describe.each(TABLES)('crashwise $name --help', ({ name, examples }) => {
  const args = [...name.split(' ').filter(Boolean), '--help'];

  test('shows an example, on stdout, within 80 columns', async () => {
    const { code, stdout, stderr } = await crashwise(HERE, args);
    expect({ code, stderr }).toEqual({ code: 0, stderr: '' });
    for (const { command } of examples) expect(stdout).toContain(`$ ${command}`);
    // An example stays on one line, to be copied.
    const wide = stdout.split('\n').filter((line) => line.length > 80 && !line.startsWith('  $ '));
    expect(wide).toEqual([]);
  });

  test('loads no heavy module', async () => {
    const loaded = await loadedBy(...args);
    expect(loaded.some((url) => url.endsWith('/dist/cli/program.js'))).toBe(true);
    expect(loaded.filter((url) => HEAVY.test(url))).toEqual([]);
  });
});

test('--version prints the version and loads no heavy module; a command that works does', async () => {
  const { version } = JSON.parse(readFileSync('package.json', 'utf8')) as { version: string };
  expect(await crashwise(HERE, ['--version'])).toEqual({ code: 0, stdout: `${version}\n`, stderr: '' });
  expect((await loadedBy('--version')).filter((url) => HEAVY.test(url))).toEqual([]);
  const loaded = (await loadedBy('simulate', '--list')).filter((url) => HEAVY.test(url));
  for (const name of ['dist/engine', 'dist/simulator', 'zod', 'jiti']) {
    expect(loaded.some((url) => url.includes(`/${name}/`))).toBe(true);
  }
  const unasked = await loadedBy('init', '--json', '--entity', 'a', '--pattern', 'durable', '--steps', 'b');
  expect(unasked.some((url) => url.endsWith('/dist/cli/commands/init.js'))).toBe(true);
  expect(unasked.filter((url) => url.includes('inquirer'))).toEqual([]);
});

test.each([['simulate'], ['engine'], ['engine', 'run']])(
  '`help` before a command is its help: %s %s',
  async (...names) => {
    const { code, stdout } = await crashwise(HERE, ['help', ...names]);
    expect(code).toBe(0);
    expect(stdout).toMatch(new RegExp(`^Usage: crashwise ${names.join(' ')} \\[options\\]`));
    expect(stdout).toContain('\nExamples:\n  $ crashwise ');
  },
);

test('help says what is required, and what may be given more than once', async () => {
  const { stdout } = await crashwise(HERE, ['engine', 'run', '--help']);
  expect(stdout).toMatch(/--db <file> +the SQLite file of the engine \(required\)/);
  expect(stdout).toMatch(/--workflows <module> .*\(required\)/);
  expect((await crashwise(HERE, ['simulate', '--help'])).stdout).toMatch(
    /--only <glob> [^]*may be given\s+more than once/,
  );
});

test('a command that only holds others shows its help on stderr and is wrong usage', async () => {
  const { code, stdout, stderr } = await crashwise(HERE, ['engine']);
  expect({ code, stdout }).toEqual({ code: 2, stdout: '' });
  expect(stderr).toContain('Usage: crashwise engine');
});

test.each([
  [['simulte'], "Unknown command 'simulte'. Did you mean simulate?"],
  [['engine', 'shwo'], "Unknown command 'shwo'. Did you mean show?"],
  [['simulate', '--patern', 'durable'], "Unknown option '--patern'. Did you mean --pattern?"],
  [['simulate', '--shard'], "Unknown option '--shard'."],
  [['simulate', '--budget', '5'], "Option '--budget <limit>' argument '5' is invalid. A budget is a whole number"],
  [['simulate', '--budget', '0.1s'], 'A budget is a whole number with its unit: 60s, 5000states, 5000runs.'],
  [['engine', 'list', '--status', 'block'], 'running, blocked, completed, failed. Did you mean blocked?'],
  [['engine', 'list', '--status', 'x', '--db', 'y'], 'running, blocked, completed, failed.'],
  [['engine', 'list', 'x', '--db', 'y'], "Too many arguments for 'list'. Expected 0 arguments but got 1."],
  [['simulate', '--fail-on', 'all'], 'Allowed choices are findings.'],
  [['simulate', '--schedule', 'a:b', '--pattern', 'durable'], 'cannot be used with'],
  [['engine', 'show', 'x'], "Required option '--db <file>' not specified."],
])('%j is wrong usage', async (args, message) => {
  const { code, stdout, stderr } = await crashwise(HERE, args);
  expect({ code, stdout }).toEqual({ code: 2, stdout: '' });
  expect(stderr).toMatch(/^error usage: /);
  expect(unwrapped(stderr)).toContain(message);
  expect(stderr).toMatch(/\nnow {3}Nothing was run\.\ndo {4}See crashwise .*--help\.\n/);
  expect(stderr).not.toMatch(/^ +at /m);
});

test('with --json an error is a document on stdout, too', async () => {
  const { code, stdout, stderr } = await crashwise(HERE, ['simulate', '--jsonn', '--json']);
  expect(code).toBe(2);
  expect(JSON.parse(stdout)).toMatchObject({ schema: 'crashwise/error@1', code: 'usage' });
  expect(stderr).toContain('Did you mean --json?');
});
