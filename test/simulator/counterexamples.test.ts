import { spawnSync } from 'node:child_process';
import { readdirSync } from 'node:fs';
import { expect, test } from 'vitest';

// Goal: a counterexample is the same story in every process. `node scripts/replay-counterexamples.mjs` replays all of them,
// 20 times each; here are three, twice.

function replay(...args: readonly string[]): { text: string; status: number | null } {
  const { stdout, stderr, status } = spawnSync(process.execPath, ['scripts/replay-counterexamples.mjs', ...args], {
    encoding: 'utf8',
  });
  return { text: stdout + stderr, status };
}

test('three saved counterexamples, replayed twice in fresh processes, are alike in all moments', () => {
  const { text, status } = replay('--sample', '3', '--times', '2');
  expect(text).toMatch(/^3 counterexamples, 2 times each in fresh processes: 6 of 6 traces are alike in all of their/);
  expect(status).toBe(0);
});

test('there are fifty of them, of different flows', () => {
  const names = readdirSync('test/simulator/counterexamples').filter((name) => name.endsWith('.json'));
  expect(names).toHaveLength(50);
  expect(new Set(names.map((name) => name.replace(/^\d+-/, ''))).size).toBeGreaterThan(10);
});

test('what differs from process to process is told, with the moment, and so is what breaks nothing', () => {
  const { text, status } = replay('--from', 'test/simulator/counterexamples/planted', '--times', '2');
  expect(text).toMatch(/process-id\.json: two replays differ\n {2}first .*says process \d+.*\n {2}then .*says process/);
  expect(text).toContain('mended.json: durable:claim.landed does not break flashed-once.');
  expect(status).toBe(1);
});
