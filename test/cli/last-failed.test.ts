import { cpSync, existsSync, mkdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { simulationSchema } from 'crashwise/results';
import { beforeAll, expect, test } from 'vitest';
import { crashwise, installed, project, unwrapped, type Ended } from './installed.js';
import { change, signupProject } from './signup-project.js';

beforeAll(installed, 240_000);

const LAST_RUN = '.crashwise/last-run.json';
const AGAIN = ['simulate', '--last-failed', '--json'];
const names = ({ stdout }: Ended): string[] => [
  ...new Set(simulationSchema.parse(JSON.parse(stdout)).runs.map(({ scenario }) => scenario)),
];

/** A folder with the signup, which breaks something unexpected, and the same as `join`, which does not. */
async function twoScenarios(): Promise<string> {
  const folder = await signupProject(['signup-ends']);
  const [from, to] = [join(folder, 'scenarios/signup'), join(folder, 'scenarios/join')];
  cpSync(from, to, { recursive: true });
  const text = readFileSync(join(to, 'scenario.ts'), 'utf8');
  const changed = text
    .replace("name: 'signup'", "name: 'join'")
    .replace("['signup-ends']", "['charged-once', 'signup-ends']");
  writeFileSync(join(to, 'scenario.ts'), changed);
  return folder;
}

test('only what had findings is run again, until it has none', { timeout: 240_000 }, async () => {
  const folder = await twoScenarios();
  expect((await crashwise(folder, ['simulate'])).code).toBe(1);
  const record = readFileSync(join(folder, LAST_RUN), 'utf8');
  const patterns = (accidental: string): unknown => ({ accidental, durable: 'clean' });
  expect(JSON.parse(record)).toEqual({
    schema: 'crashwise/last-run@1',
    scenarios: [
      { target: 'join', file: 'scenarios/join/scenario.ts', patterns: patterns('clean') },
      { target: 'signup', file: 'scenarios/signup/scenario.ts', patterns: patterns('finding') },
    ],
  });
  // Neither a schedule, nor a run of others, nor one that was not decided makes it forget.
  await crashwise(folder, ['simulate', 'signup', '--schedule', 'durable:mail.send.landed']);
  await crashwise(folder, ['simulate', 'join']);
  await crashwise(folder, ['simulate', 'signup', '--pattern', 'accidental', '--budget', '2states']);
  expect(readFileSync(join(folder, LAST_RUN), 'utf8')).toBe(record);
  const again = await crashwise(folder, AGAIN);
  expect({ code: again.code, names: names(again) }).toEqual({ code: 1, names: ['signup'] });
  change(folder, 'accidental.ts', 'const key = randomUUID();', 'const key = `charge:${row.id}`;');
  expect((await crashwise(folder, AGAIN)).code).toBe(0);
  const none = await crashwise(folder, AGAIN);
  expect({ code: none.code, names: names(none) }).toEqual({ code: 0, names: [] });
  expect(none.stderr).toContain('None of them had findings when it was last run: nothing is run.');
});

test('of those that are named, only what failed; one that is gone is forgotten', { timeout: 240_000 }, async () => {
  const folder = await twoScenarios();
  await crashwise(folder, ['simulate']);
  expect(names(await crashwise(folder, [...AGAIN, 'join']))).toEqual([]);
  expect(names(await crashwise(folder, [...AGAIN, 'join', 'signup']))).toEqual(['signup']);
  rmSync(join(folder, 'scenarios/signup'), { recursive: true });
  expect(names(await crashwise(folder, AGAIN))).toEqual([]);
});

test('where nothing was run yet, or the file is broken, nothing is run; the next run writes it anew', async () => {
  const folder = project();
  const first = await crashwise(folder, ['simulate', '--last-failed']);
  expect({ code: first.code, stdout: first.stdout }).toEqual({ code: 2, stdout: '' });
  expect(unwrapped(first.stderr)).toContain('no scenario was run in this directory yet.');
  mkdirSync(join(folder, '.crashwise'));
  for (const broken of ['{', '{"schema":"crashwise/last-run@1"}']) {
    writeFileSync(join(folder, LAST_RUN), broken);
    const { code, stderr } = await crashwise(folder, ['simulate', '--last-failed']);
    expect(code).toBe(2);
    expect(unwrapped(stderr)).toContain(
      `error last-run-unreadable: ${LAST_RUN} does not hold what crashwise has written.`,
    );
  }
  const run = await crashwise(folder, ['simulate', 'signup', '--pattern', 'durable']);
  expect(run.code).toBe(0);
  expect(run.stderr).toContain('It is written anew.');
  expect((await crashwise(folder, AGAIN)).code).toBe(0);
});

test('a file that cannot be written is talked of, and changes no verdict', async () => {
  const folder = project({ '.crashwise': 'a file' });
  const { code, stderr } = await crashwise(folder, ['simulate', 'signup', '--pattern', 'durable']);
  expect(code).toBe(0);
  expect(stderr).toContain('What failed is not kept for --last-failed: .crashwise/last-run.json cannot be written');
  expect(existsSync(join(folder, LAST_RUN))).toBe(false);
});
