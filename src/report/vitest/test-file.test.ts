import { readFileSync } from 'node:fs';
import { expect, test } from 'vitest';
import { simulationSchema } from '../../results/index.js';
import { testFile } from './test-file.js';

const signup = readFileSync(new URL('../terminal/fixtures/signup.json', import.meta.url), 'utf8');
const [violation] = simulationSchema.parse(JSON.parse(signup)).runs[0]!.violations;

test('holds the test of the result, and what it needs; in JavaScript, too', () => {
  const text = testFile(violation!, { scenario: './scenario.ts' });
  expect(text).toContain("loadScenario(join(import.meta.dirname, './scenario.ts'));\n");
  expect(text).not.toMatch(/\btype\b|\bas\b/);
  expect(text.endsWith(`\n\n${violation!.reproduce.test}\n`)).toBe(true);
});

test('what a scenario says stays in its comment, and a path in its quotes', () => {
  const sly = { ...violation!, sentence: 'a\nprocess.exit()\u2028b' };
  const text = testFile(sly, { scenario: "./it's.js" });
  expect(text).toContain(String.raw`// a process.exit()\u2028b` + '\n');
  expect(text).toContain(String.raw`'./it\'s.js'));`);
});
