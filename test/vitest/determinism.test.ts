import 'crashwise/vitest';
import { describe, expect, test } from 'vitest';

// Goal: the matcher passes and fails rightly, with `.not` as well, and an undecided search is a pass for nobody.

const FILE = 'test/determinism/fixtures/wrong.ts';
const SHALLOW = 'test/vitest/fixtures/undecided.ts';
const LIMITS = { maxRuns: 100, budgetMs: 60_000 };

/** What an assertion rejects with; it must reject. */
async function errorOf(assertion: Promise<void>): Promise<Error> {
  const error: unknown = await assertion.then(
    () => undefined,
    (reason: unknown) => reason,
  );
  if (!(error instanceof Error)) throw new Error('The assertion passed.');
  return error;
}

test('passes what does not differ, and fails with .not, saying how far it looked', { timeout: 120_000 }, async () => {
  await expect(FILE).toBeDeterministic({ ...LIMITS, only: 'right' });
  const { message } = await errorOf(expect(FILE).not.toBeDeterministic({ ...LIMITS, only: ['righ?'] }));
  expect(message).toMatch(/^No replay differs: \S+wrong\.ts\.\n\nright +no divergence +100 runs/);
});

test('fails what differs with the text of the screen, and passes it with .not', { timeout: 120_000 }, async () => {
  const file = new URL('../determinism/fixtures/wrong.ts', import.meta.url);
  await expect(file).not.toBeDeterministic({ ...LIMITS, only: 'process' });
  const { message } = await errorOf(expect(file).toBeDeterministic({ ...LIMITS, only: ['process', 'right'] }));
  expect(message).toMatch(
    /^It is not deterministic: \S+wrong\.ts\.\n\nprocess +DIVERGENT +found in run 1\nright +no div/,
  );
  expect(message).toMatch(/\n\nDIVERGENT {2}process: replayed [^]*cause +process\.pid, the process, /);
  expect(message).toMatch(/again +npx crashwise fuzz \S+wrong\.ts /);
  expect(message).not.toContain('\u001B[');
});

test('what the engine makes harmless fails only where it is asked for', { timeout: 120_000 }, async () => {
  const options = { ...LIMITS, only: 'uuid', seed: '7' };
  await expect(FILE).toBeDeterministic(options);
  await expect(FILE).not.toBeDeterministic({ ...options, portable: true });
});

test('what is inconclusive fails both ways, and says why', { timeout: 120_000 }, async () => {
  for (const assertion of [
    () => expect(SHALLOW).toBeDeterministic(LIMITS),
    () => expect(SHALLOW).not.toBeDeterministic(LIMITS),
  ]) {
    const { message } = await errorOf(assertion());
    expect(message).toMatch(/^Whether it is deterministic was not decided, which is no pass: /);
    expect(message).toMatch(/\n\nundecided +INCONCLUSIVE +\S/);
  }
});

describe('an error both ways', () => {
  test.each([
    [undefined, {}, 'invalid-argument', 'neither the path nor the file URL'],
    [new URL('https://example.org/flows.ts'), {}, 'invalid-argument', 'neither the path nor the file URL'],
    [FILE, { only: 'nosuch' }, 'invalid-argument', 'fits nosuch.'],
    [FILE, { only: [] }, 'invalid-argument', 'fits an empty list.'],
    ['no/such.ts', {}, 'module-not-loaded', 'There is no file no/such.ts.'],
    ['test/simulator/toy.ts', {}, 'no-workflows', 'exports no workflow'],
  ])('%s %j', async (given, options, code, message) => {
    for (const error of [
      await errorOf(expect(given).toBeDeterministic(options)),
      await errorOf(expect(given).not.toBeDeterministic(options)),
    ]) {
      expect(error).toMatchObject({ code, message: expect.stringContaining(message) });
    }
  });
});

test('the types say what may be given', () => {
  // @ts-expect-error -- a number of runs
  expect(() => expect(FILE).toBeDeterministic({ maxRuns: 'many' })).toBeTypeOf('function');
  // @ts-expect-error -- the module is what expect() is given
  expect(() => expect(FILE).toBeDeterministic({ files: [FILE] })).toBeTypeOf('function');
});
