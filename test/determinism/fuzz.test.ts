import { readFileSync } from 'node:fs';
import { fuzz } from 'crashwise/determinism';
import { beforeAll, describe, expect, test } from 'vitest';
import type { DeterminismResult } from 'crashwise/results';

// Goal: a workflow that depends on its surroundings is found, and the call and the line are named; one that does not is
// left alone. Method: small workflows with the mark of what is to be named, searched in this process.

const FILE = 'test/determinism/fixtures/wrong.ts';
const marks = readFileSync(FILE, 'utf8')
  .split('\n')
  .flatMap((text, index) => {
    const [, source, guard] = /\/\/ <- (.*) (\w+)$/.exec(text) ?? [];
    return source === undefined ? [] : [{ source, guard, line: index + 1 }];
  });
const names = [...readFileSync(FILE, 'utf8').matchAll(/^ {2}workflow\('([\w-]+)'/gm)].map(([, name]) => name!);

const options = { files: [FILE], maxRuns: 200, budgetMs: 60_000, portable: true };
let result: DeterminismResult;
beforeAll(async () => {
  result = await fuzz(options);
}, 120_000);

const of = (workflow: string) => result.targets.find((target) => target.workflow === workflow)!;

describe('what differs is found and named', () => {
  test.each(names.map((name, index) => [name, marks[index]!] as const))('%s', (name, { source, guard, line }) => {
    const { verdict, divergences } = of(name);
    expect(verdict).toBe('divergent');
    expect(divergences).toHaveLength(1);
    expect(divergences[0]).toMatchObject({ guard, blame: [{ source, file: FILE, line, confirmed: true }] });
  });
});

test('what does not differ is left alone', () => {
  expect(of('right')).toMatchObject({ verdict: 'no-divergence', runs: 200, divergences: [] });
});

test('what this engine makes harmless changes the verdict only where it is asked for', async () => {
  const only = (name: string): boolean => name === 'uuid' || name === 'host';
  const { targets } = await fuzz({ ...options, only, portable: false });
  expect(targets.map(({ workflow, verdict, divergences }) => [workflow, verdict, divergences.length])).toEqual([
    ['host', 'divergent', 1],
    ['uuid', 'no-divergence', 1],
  ]);
});

test('the same seed finds the same, and no live value is in it', async () => {
  const only = (name: string): boolean => name === 'host' || name === 'captured-clock';
  const again = await fuzz({ ...options, only });
  expect(again.targets).toEqual(result.targets.filter(({ workflow }) => only(workflow)));
});

test('a path leads to the same finding again', async () => {
  const [found] = of('keys').divergences;
  const path = found!.reproduce.command.split('--path ')[1]!;
  const { targets } = await fuzz({ ...options, only: (name) => name === 'keys', path });
  expect(targets[0]!.divergences).toEqual([{ ...found, run: expect.any(Number) as number }]);
  expect(targets[0]!.stoppedBy).toBe('path');
});

test('shares of a search together find what the whole search finds', async () => {
  const only = (name: string): boolean => name === 'environment' || name === 'memory' || name === 'right';
  const shares = [];
  for (const index of [1, 2]) shares.push(await fuzz({ ...options, only, shard: { index, of: 2 } }));
  const signatures = (one: DeterminismResult) =>
    one.targets.flatMap(({ divergences }) => divergences.map(({ signature }) => signature));
  const whole = signatures({ ...result, targets: result.targets.filter(({ workflow }) => only(workflow)) });
  expect([...new Set(shares.flatMap(signatures))].sort()).toEqual(whole.sort());
  const runs = shares.map(({ targets }) => targets.find(({ workflow }) => workflow === 'right')!.runs);
  expect(runs).toEqual([100, 100]);
});

test('outside of a run the stand-ins answer with what is real', async () => {
  expect(Math.abs(Date.now() - new Date().getTime())).toBeLessThan(60_000);
  expect(process.env['PATH']).toBeDefined();
  expect(process.cwd()).toBe(new URL('../..', import.meta.url).pathname.replace(/\/$/, ''));
  expect(Math.random()).not.toBe(Math.random());
  await new Promise((resolve) => setTimeout(resolve, 1));
});

test('what is accepted counts for no verdict, and what of it is not found any more is told', async () => {
  const only = (name: string): boolean => name === 'process' || name === 'right';
  const known = { workflow: 'process', file: FILE, signature: of('process').divergences[0]!.signature };
  const gone = { workflow: 'right', file: FILE, signature: 'process.pid elsewhere.ts:1:1' };
  const { targets, stale } = await fuzz({ ...options, only, accepted: [known, gone] });
  expect(targets.map(({ verdict, divergences }) => [verdict, divergences.map(({ standing }) => standing)])).toEqual([
    ['no-divergence', ['accepted']],
    ['no-divergence', []],
  ]);
  expect(stale).toEqual([gone]);
});
