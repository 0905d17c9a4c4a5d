import { readFileSync, writeFileSync } from 'node:fs';
import { expect, test } from 'vitest';
import { nameOfFault } from '../fault-budget.js';
import { OPERATORS } from './operators.js';

const PAGE = new URL('../../../docs/guides/mutants.md', import.meta.url);

test('names are there once, and each says what it does', () => {
  expect(new Set(OPERATORS.map(({ name }) => name)).size).toBe(OPERATORS.length);
  expect(OPERATORS.filter(({ name, text }) => !/^[a-z-]+$/.test(name) || text.length < 10)).toEqual([]);
});

// The page for readers is made from the table: UPDATE_DOCS=1 npx vitest run src/simulator/mutate
test('they are listed in docs/guides/mutants.md', () => {
  const rows = OPERATORS.map(({ name, text, faults = [] }) => {
    const needs = [...new Set(faults.map(nameOfFault))].map((fault) => ` (searched with \`${fault}\`)`);
    return `| \`${name}\` | ${text}${needs.join('')} |`;
  });
  const table = `| Measure | What is done |\n| --- | --- |\n${rows.join('\n')}`;
  const list = `<!-- operators -->\n\n<!-- prettier-ignore -->\n${table}\n\n<!-- /operators -->`;
  const page = readFileSync(PAGE, 'utf8');
  const current = page.replace(/<!-- operators -->.*<!-- \/operators -->/s, () => list);
  if (process.env['UPDATE_DOCS']) writeFileSync(PAGE, current);
  else expect(page, 'The table changed. Run: UPDATE_DOCS=1 npx vitest run src/simulator/mutate').toBe(current);
});
