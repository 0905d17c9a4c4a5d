import { readFileSync } from 'node:fs';
import { expect, test } from 'vitest';
import { simulationSchema } from '../../results/index.js';
import { testFile } from './test-file.js';

const signup = readFileSync(new URL('../terminal/fixtures/signup.json', import.meta.url), 'utf8');
const [violation] = simulationSchema.parse(JSON.parse(signup)).runs[0]!.violations;

test('holds the test of the result, and what it needs', () => {
  const text = testFile(violation!, { scenario: './scenario.js', typed: true });
  expect(text).toContain("import subject from './scenario.js';\n");
  expect(text).toContain("import { simulate, type Scenario } from 'crashwise/simulator';\n");
  expect(text.endsWith(`\n\n${violation!.reproduce.test}\n`)).toBe(true);
});

test('as JavaScript it holds no type', () => {
  const text = testFile(violation!, { scenario: './scenario.js', typed: false });
  expect(text).toContain("import scenario from './scenario.js';\n");
  expect(text).not.toMatch(/\btype\b|\bas\b/);
});

test('what a scenario says stays in its comment, and a path in its quotes', () => {
  const sly = { ...violation!, sentence: 'a\nprocess.exit()\u2028b' };
  const text = testFile(sly, { scenario: "./it's.js", typed: false });
  expect(text).toContain(String.raw`// a process.exit()\u2028b` + '\n');
  expect(text).toContain(String.raw`from './it\'s.js';`);
});
