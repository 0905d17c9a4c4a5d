import 'crashwise/vitest';
import { relative } from 'node:path';
import { fileURLToPath } from 'node:url';
import { loadScenario, simulate, type Scenario } from 'crashwise/simulator';
import { describe, expect, test } from 'vitest';
import forgetful from './fixtures/forgetful.js';
import mindful from './fixtures/mindful.js';

// Goal: nothing passes because a module variable survived a crash. Method: a scenario that rests on such a variable, and one
// that does not, each imported as a test file may do, and loaded by path.

const fileOf = (name: string): URL => new URL(`./fixtures/${name}.ts`, import.meta.url);
const pathOf = (name: string): string => relative(process.cwd(), fileURLToPath(fileOf(name)));
const [FORGETFUL, MINDFUL] = ['accidental:lamp.flash.landed', 'durable:lamp.flash.landed'];
const NO_MEMORY = { assumeNoMemory: true };

/** Every way to hand a file over. */
const ways: ReadonlyArray<[way: string, hand: (name: string) => unknown]> = [
  ['a path from the working directory', pathOf],
  ['an absolute path', (name) => fileURLToPath(fileOf(name))],
  ['a URL', fileOf],
  // That of jsdom, say, is no instance of Node's.
  ['a URL of another class', (name) => ({ href: fileOf(name).href })],
  ['what loadScenario() gives', (name) => loadScenario(pathOf(name))],
];

/** What an assertion rejects with. It is started here, so that none has rejected before it is awaited. */
async function errorOf(assertion: () => Promise<void>): Promise<unknown> {
  return assertion().then(
    () => 'it passed',
    (reason: unknown) => reason,
  );
}

describe('imported', () => {
  const refused: unknown = expect.objectContaining({
    code: 'scenario-imported',
    message: expect.stringMatching(
      /^Scenario toy was imported, .* a module variable holds survives each crash here, .* expect\(\), or pass assumeNoMemory/,
    ),
  });

  test('a bug that a module variable hides is no pass, whatever is asked, though the simulation proves it', async () => {
    const { runs } = await simulate({ scenarios: [forgetful] });
    expect(runs.map(({ verdict }) => verdict)).toEqual(['proved']);
    for (const assertion of [
      () => expect(forgetful).toSurviveCrashes(),
      () => expect(forgetful).not.toSurviveCrashes(),
      () => expect(forgetful).toSurviveCrashes({ pattern: 'accidental', assumeNoMemory: false }),
      () => expect(forgetful).toBreak('flashed-once'),
      () => expect(forgetful).not.toBreak('flashed-once'),
      () => expect(forgetful).toSurvive(FORGETFUL),
      () => expect(forgetful).not.toSurvive(FORGETFUL),
    ]) {
      expect(await errorOf(assertion)).toEqual(refused);
    }
  });

  test('nor is one that is right: nobody can tell', async () => {
    expect(await errorOf(() => expect(mindful).toSurviveCrashes())).toEqual(refused);
  });

  test('assumeNoMemory passes what nothing breaks, and the certificate names it', async () => {
    await expect(mindful).toSurviveCrashes(NO_MEMORY);
    await expect(mindful).not.toBreak('flashed-once', NO_MEMORY);
    await expect(mindful).toSurvive(MINDFUL, NO_MEMORY);
    const error = await errorOf(() => expect(mindful).not.toSurviveCrashes(NO_MEMORY));
    expect((error as Error).message).toMatch(/^toy breaks nothing/);
    expect((error as Error).message).toMatch(/module\s+variables\s+of\s+the\s+scenario\s+keep\s+nothing/);
  });

  test('a copy of a loaded one is as good as imported', async () => {
    const copy: Scenario = { ...(await loadScenario(pathOf('mindful'))) };
    expect(await errorOf(() => expect(copy).toSurviveCrashes())).toEqual(refused);
  });
});

describe.each(ways)('by path: %s', (_, hand) => {
  test('a bug that a module variable would hide is found', async () => {
    const scenario = await hand('forgetful');
    await expect(scenario).not.toSurviveCrashes();
    await expect(scenario).toBreak('flashed-once');
    await expect(scenario).not.toSurvive(FORGETFUL);
    for (const assertion of [
      () => expect(scenario).toSurviveCrashes(),
      () => expect(scenario).toSurviveCrashes(NO_MEMORY),
      () => expect(scenario).not.toBreak('flashed-once'),
      () => expect(scenario).toSurvive(FORGETFUL),
    ]) {
      expect(await errorOf(assertion)).toMatchObject({ message: expect.stringMatching(/^toy breaks flashed-once/) });
    }
  });

  test('what is right passes, without any assumption', async () => {
    const scenario = await hand('mindful');
    await expect(scenario).toSurviveCrashes();
    await expect(scenario).not.toBreak('flashed-once');
    await expect(scenario).toSurvive(MINDFUL);
    for (const [assertion, message] of [
      [() => expect(scenario).not.toSurviveCrashes(), /^toy breaks nothing under durable/],
      [() => expect(scenario).toBreak('flashed-once'), /^toy does not break flashed-once/],
      [() => expect(scenario).not.toSurvive(MINDFUL), /^toy breaks nothing under this schedule/],
    ] as const) {
      expect(await errorOf(assertion)).toMatchObject({ message: expect.stringMatching(message) });
    }
  });
});

test('a file that is missing, or holds no scenario, is told by the loader, with .not as well', async () => {
  for (const [given, error] of [
    ['no/such.ts', { code: 'module-not-loaded', message: 'There is no file no/such.ts.' }],
    [
      new URL('no-such.ts', import.meta.url),
      { code: 'module-not-loaded', message: expect.stringContaining('no-such') },
    ],
    ['test/simulator/toy.ts', { code: 'scenario-invalid', message: expect.stringContaining('toy.ts has no scenario') }],
  ] as const) {
    for (const assertion of [
      () => expect(given).toSurviveCrashes(),
      () => expect(given).not.toSurviveCrashes(),
      () => expect(given).toBreak('ends'),
      () => expect(given).not.toBreak('ends'),
      () => expect(given).toSurvive(MINDFUL),
      () => expect(given).not.toSurvive(MINDFUL),
    ]) {
      expect(await errorOf(assertion)).toMatchObject(error);
    }
  }
});
