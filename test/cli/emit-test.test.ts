import { existsSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { simulationSchema } from 'crashwise/results';
import { beforeAll, expect, test } from 'vitest';
import { crashwise, installed } from './installed.js';
import { change, signupProject } from './signup-project.js';
import { vitest, withVitest } from './vitest-project.js';

beforeAll(installed, 240_000);

test(
  'the test of the first unexpected violation fails, and passes once it is mended',
  { timeout: 240_000 },
  async () => {
    const folder = await signupProject(['charged-once']);
    await withVitest(folder);
    const args = ['simulate', '--emit-test', 'test/ends.test.ts'];
    const { code, stderr } = await crashwise(folder, args);
    expect(code).toBe(1);
    expect(stderr).toContain(
      'test/ends.test.ts: the test for signup-ends is written. Run it: npx vitest run test/ends',
    );
    const broken = vitest(folder, 'test/ends.test.ts');
    expect(broken.text).toContain('Signup s1 never ends: row s1 is');
    expect(broken.code).toBe(1);
    // The same again is no change.
    expect((await crashwise(folder, args)).stderr).toContain('the test for signup-ends is there already.');
    change(folder, 'accidental.ts', "status: ['charged']", "status: ['charged', 'provisioned']");
    expect(vitest(folder, 'test/ends.test.ts')).toMatchObject({ code: 0 });
  },
);

test('with --schedule: that one, though it is expected; as JavaScript, too', { timeout: 240_000 }, async () => {
  const folder = await signupProject(['charged-once', 'signup-ends']);
  await withVitest(folder);
  const schedule = ['--schedule', 'accidental:cards.charge.landed'];
  for (const file of ['once.test.ts', 'once.test.mjs']) {
    expect((await crashwise(folder, ['simulate', ...schedule, '--emit-test', file])).code).toBe(0);
    expect(vitest(folder, file)).toMatchObject({ code: 1, text: expect.stringContaining('was charged twice.') });
  }
  change(folder, 'accidental.ts', 'const key = randomUUID();', 'const key = `charge:${row.id}`;');
  for (const file of ['once.test.ts', 'once.test.mjs']) expect(vitest(folder, file)).toMatchObject({ code: 0 });
});

test('a file with other content is left as it is; the result is printed all the same', async () => {
  const folder = await signupProject(['signup-ends']);
  const file = join(folder, 'mine.test.ts');
  writeFileSync(file, '// mine\n');
  const { code, stdout, stderr } = await crashwise(folder, ['simulate', '--json', '--emit-test', 'mine.test.ts']);
  expect(code).toBe(2);
  expect(stderr).toContain('error file-exists: mine.test.ts is there, with other content');
  expect(simulationSchema.parse(JSON.parse(stdout)).runs).toHaveLength(2);
  expect(readFileSync(file, 'utf8')).toBe('// mine\n');
});

test('without an unexpected violation no test is written, and that is said', async () => {
  const folder = await signupProject(['charged-once', 'signup-ends']);
  const { code, stderr } = await crashwise(folder, ['simulate', '--emit-test', 'a.test.ts']);
  expect(code).toBe(0);
  expect(stderr).toContain('No test is written: no unexpected violation was found. For one that is expected, give its');
  expect(existsSync(join(folder, 'a.test.ts'))).toBe(false);
});

test('the test sees what a module variable hides: its lives have fresh modules', { timeout: 240_000 }, async () => {
  const folder = await signupProject(['charged-once', 'signup-ends']);
  await withVitest(folder);
  change(folder, 'accidental.ts', 'const key = randomUUID();', 'const key = (keyOfAll ??= randomUUID());');
  const file = join(folder, 'scenarios/signup/accidental.ts');
  writeFileSync(file, `let keyOfAll: string | undefined;\n${readFileSync(file, 'utf8')}`);
  const schedule = ['--schedule', 'accidental:cards.charge.landed'];
  await crashwise(folder, ['simulate', ...schedule, '--emit-test', 'once.test.ts']);
  expect(vitest(folder, 'once.test.ts')).toMatchObject({
    code: 1,
    text: expect.stringContaining('was charged twice.'),
  });
});
