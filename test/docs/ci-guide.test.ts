import { expect, test } from 'vitest';
import { buildProgram } from '../../src/cli/program.js';
import { blocksOf } from './pages.js';

// The commands in the guide to CI are no console blocks, as they need a project: they are read by the parser instead.

const commands = blocksOf('docs/guides/ci.md').flatMap(({ text }) =>
  [...text.matchAll(/npx crashwise (.*(?:\n {10}--.*)*)/g)].map(([, words = '']) =>
    words.replaceAll(/\$\{\{ [\w.]+ \}\}/g, '1').split(/\s+/),
  ),
);

test.each(commands.map((words) => [words.join(' '), words] as const))('crashwise %s', async (_, words) => {
  const run: string[] = [];
  await buildProgram(async ({ name }) => void run.push(name)).parseAsync(words, { from: 'user' });
  expect(run).toEqual([words[0]]);
});

test('all of them were read, with the options that the guide is about', () => {
  expect(commands.map(([name]) => name)).toEqual(['fuzz', 'fuzz', 'fuzz', 'replay', 'simulate']);
  expect(commands[0]).toEqual(expect.arrayContaining(['--shard', '1/2', 'sarif=crashwise.sarif']));
});

test('and one that is wrong is refused', async () => {
  const program = buildProgram(async () => {});
  await expect(program.parseAsync(['fuzz', 'a.ts', '--shards', '1/2'], { from: 'user' })).rejects.toThrow(/--shards/);
});
