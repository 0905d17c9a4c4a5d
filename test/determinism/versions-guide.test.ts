import { readFileSync, writeFileSync } from 'node:fs';
import { expect, test } from 'vitest';
import { PATCH_RULES } from '../../src/determinism/index.js';

// The table of the guide is made from the rules; UPDATE_DOCS=1 writes it anew.

const PAGE = 'docs/guides/versions.md';
const [BEGIN, END] = ['<!-- patch-rules -->', '<!-- /patch-rules -->'];

function table(): string {
  const rows = PATCH_RULES.map(
    ({ id, verdict, condition, why }) => `| \`${id}\` | \`${verdict}\` | ${condition} | ${why} |`,
  );
  const head = ['', '<!-- prettier-ignore -->', '| rule | verdict | holds if | why |', '| --- | --- | --- | --- |'];
  return [BEGIN, ...head, ...rows, '', END].join('\n');
}

test('the rules in the guide are those that decide (UPDATE_DOCS=1 npx vitest run test/determinism/versions-guide.test.ts)', () => {
  const page = readFileSync(PAGE, 'utf8');
  const expected = page.slice(0, page.indexOf(BEGIN)) + table() + page.slice(page.indexOf(END) + END.length);
  if (process.env['UPDATE_DOCS']) writeFileSync(PAGE, expected);
  expect(readFileSync(PAGE, 'utf8')).toBe(expected);
});
