import { createRuntime, GUARDED_CALLS } from 'crashwise/engine';
import { describe, expect, test } from 'vitest';
import { execute, fresh, load, replay, type CaseFile, type RightFile } from './zoo.js';

// What the zoo says of itself is true: each case is formed as agreed, and the guard of the engine does with it what its
// file says. The sources that are no call of the clock, of chance or of the machine are here.

const SOURCES = new Set([
  'module state',
  'latency',
  'cache',
  'error stack',
  'key order',
  'file system',
  'garbage collection',
]);

const all = await load<CaseFile>('cases');
const cases = all.filter(({ file }) => SOURCES.has(file.about.source));
const rights = await load<RightFile>('right');

const RUNS = 8;
const seeds = Array.from({ length: RUNS }, (_, seed) => seed);

describe('the cases', () => {
  test('are at least 24', () => {
    expect(cases.length).toBeGreaterThanOrEqual(24);
  });

  test('share no source together with a way of use', () => {
    const ways = all.map(({ file: { about } }) => `${about.source}: ${about.use}`);
    expect(ways.filter((way, index) => ways.indexOf(way) !== index)).toEqual([]);
  });
});

describe.each(cases)('$name', ({ name, text, file: { about, wrong, repaired, fuzz } }) => {
  const marked = text.split('\n').flatMap((line, index) => (line.endsWith('// <- blame') ? [index + 1] : []));

  test('is formed as agreed', () => {
    expect([wrong.name, repaired.name]).toEqual([name, `${name}-repaired`]);
    expect(marked).toHaveLength(1);
    expect(text.indexOf('export const repaired')).toBeGreaterThan(text.indexOf('// <- blame'));
    expect(fuzz.results).toBeTypeOf('object');
    const isListed = GUARDED_CALLS.some(({ call }) => call === about.blame.replace(/^fs\.\w+\(\)$/, 'fs.*'));
    expect(about.guard === 'unseen' ? about.blame === about.source : isListed).toBe(true);
  });

  test(`the guard: ${about.guard}`, async () => {
    const guarded = [];
    for (const seed of seeds) guarded.push(await execute(wrong, fuzz, seed));
    // One that goes on may still be blocked: by its own history, which it does not agree with any more.
    const refused = guarded.filter(({ status, code }) => status === 'blocked' && code === 'ambient-call');
    expect(refused).toHaveLength(about.guard === 'refused' ? RUNS : 0);
    if (about.guard === 'refused') expect(guarded[0]!.details).toMatchObject({ call: about.blame });

    const { history } = await execute(wrong, fuzz, 0, 'traced');
    const { ambient } = await createRuntime([wrong], { guard: 'traced' }).decide(history);
    const noted = ambient.map(({ call, location }) => `${call} ${location.split(':').at(-2)}`);
    expect(noted).toEqual(about.guard === 'unseen' ? [] : [`${about.blame} ${marked[0]}`]);
  });

  test('repaired, it ends under the guard, and replays', async () => {
    for (const seed of seeds) {
      const { status, history } = await execute(repaired, fuzz, seed);
      expect(['completed', 'failed']).toContain(status);
      expect(await replay(repaired, history)).toBeUndefined();
    }
  });
});

const reachable = cases.filter(({ file }) => ['module state', 'key order'].includes(file.about.source));

test.each(reachable)('$name does differ, once the process is another', async ({ name, file: { fuzz } }) => {
  const recorder = await fresh(name);
  const histories = [];
  for (const seed of seeds) histories.push((await execute(recorder, fuzz, seed, 'traced')).history);
  const differences = [];
  for (const history of histories) differences.push(await replay(await fresh(name), history));
  expect(differences.some((difference) => difference !== undefined)).toBe(true);
});

describe('the right ones', () => {
  test('are at least 34', () => {
    expect(rights.length).toBeGreaterThanOrEqual(34);
  });

  test.each(rights)('$name', async ({ name, file: { right, fuzz, why } }) => {
    expect(right.name).toBe(name);
    expect(why).toMatch(/^[A-Z`].{30,}\.$/s);
    const endings = [];
    for (const seed of seeds) {
      const { status, history } = await execute(right, fuzz, seed);
      endings.push(status);
      expect(await replay(right, history)).toBeUndefined();
    }
    expect(endings.every((status) => status === 'completed' || status === 'failed')).toBe(true);
    expect(endings).toContain('completed');
  });
});
