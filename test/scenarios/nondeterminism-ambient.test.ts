import { activities, sleep, workflow } from 'crashwise/engine';
import { describe, expect, test } from 'vitest';
import { formProblems, markedLines, readZoo, repeatedUses, type Specimen } from './zoo-form.js';
import { guardOf } from './zoo-guard.js';

// Goal: the zoo of workflows that are wrong by a call to their surroundings says the truth about itself. Method: read each
// file as text, and run what it exports in the engine with the guard on. Whether a search finds it is tested elsewhere.

const SOURCES = ['clock', 'random', 'crypto', 'env', 'time zone', 'locale', 'pid', 'hostname', 'cwd'];
const RUNS = 12;
const zoo = await readZoo(SOURCES);

test('there are cases of every source, and of each as many as were asked for', () => {
  const counts = SOURCES.map((source) => [source, zoo.filter(({ about }) => about.source === source).length]);
  const least = { clock: 9, random: 4, crypto: 4, env: 4, 'time zone': 4, locale: 4, pid: 1, hostname: 2, cwd: 1 };
  for (const [source, count] of counts) expect(count, String(source)).toBeGreaterThanOrEqual(least[source as 'pid']);
  expect(zoo.length).toBeGreaterThanOrEqual(35);
});

describe('form', () => {
  test('each file holds one wrong workflow with its twin, named after it, one line of which is marked', () => {
    expect(zoo.flatMap(formProblems)).toEqual([]);
  });

  test('no two cases have the same source and use', () => {
    expect(repeatedUses(zoo)).toEqual([]);
  });

  test('a file that is not as it should be is seen', () => {
    const [good] = zoo as [Specimen];
    const bad: [Partial<Specimen>, string][] = [
      [{ name: 'other' }, 'wrong is not named after the file'],
      [{ repaired: good.wrong }, 'repaired is not named after the file'],
      [{ text: good.text.replace('// <- blame', '') }, 'not exactly one line is marked'],
      [{ text: `${good.text}// <- blame\n` }, 'not exactly one line is marked'],
      [{ text: good.text.split('\n').slice(8).join('\n').repeat(3) }, 'not 20 to 70 lines'],
      [{ about: { ...good.about, use: '' } }, 'source, blame or use is empty'],
      [{ about: { ...good.about, cites: 'some issue' } }, 'what it cites is no address'],
      [{ fuzz: {} }, 'the plan has no input or no results'],
      [{ fuzz: { ...good.fuzz, results: { nobody: 1 } } }, 'the plan has results for what nobody calls'],
    ];
    for (const [change, problem] of bad) {
      const found = formProblems({ ...good, ...change });
      expect(found).toContain(`${change.name ?? good.name}: ${problem}`);
    }
    expect(repeatedUses([good, good])).toHaveLength(1);
  });
});

describe('guard', () => {
  test.each(zoo)('$name: $about.guard', async ({ text, about, wrong, fuzz }) => {
    const { verdict, seen, broken } = await guardOf(wrong, fuzz, RUNS);
    expect(broken).toEqual([]);
    expect(verdict).toBe(about.guard);
    // What the guard sees is what is to be blamed, on the marked line, and nothing else.
    expect(seen).toEqual(about.guard === 'unseen' ? [] : [`${about.blame}:${markedLines(text)[0]}`]);
  });

  test.each(zoo)('$name: the repaired one asks its surroundings for nothing', async ({ repaired, fuzz }) => {
    expect(await guardOf(repaired, fuzz, RUNS)).toEqual({ verdict: 'unseen', seen: [], broken: [] });
  });

  test('the verdict follows the workflow, and a broken one is told', async () => {
    const { look } = activities<{ look: () => number }>();
    const verdictOf = async (run: () => Promise<unknown>) =>
      guardOf(workflow('made-up', run), { results: { look: 1 } }, 1);
    expect(await verdictOf(async () => look())).toMatchObject({ verdict: 'unseen', broken: [] });
    expect(await verdictOf(async () => Date.now())).toMatchObject({ verdict: 'recorded', broken: [] });
    expect(await verdictOf(async () => process.pid)).toMatchObject({ verdict: 'refused', broken: [] });
    const broken = async (run: () => Promise<unknown>) => (await verdictOf(run)).broken;
    expect(await broken(async () => (undefined as unknown as string).length)).toEqual([
      expect.stringMatching('TypeError'),
    ]);
    expect(await broken(async () => sleep(NaN))).toEqual([expect.stringMatching('CrashwiseError')]);
    expect(await broken(async () => new Promise(() => {}))).toEqual([expect.stringMatching('blocked')]);
  });
});
