import { readdirSync, readFileSync } from 'node:fs';
import { basename } from 'node:path';
import { fuzz } from 'crashwise/determinism';
import { describe, expect, test } from 'vitest';

// Goal: the search keeps finding what it found. Method: a sample of the zoo, one of each source, and right ones; the whole
// zoo takes `npm run test:zoo`. And the table of the zoo says what its files say.

const FOLDER = 'scenarios/nondeterminism';
const SAMPLE = {
  clock: 'captured-now-extra-notice',
  random: 'shuffled-reviewers',
  crypto: 'payment-key-random-uuid',
  env: 'env-flag-checkout',
  'time zone': 'office-hours-get-hours',
  locale: 'notify-locale-compare',
  cwd: 'cwd-relative-report',
  'module state': 'refund-day-total',
  'key order': 'survey-first-answer',
  'garbage collection': 'draft-weak-ref',
};
const options = { maxRuns: 300, budgetMs: 60_000, portable: true };
const textOf = (file: string): string => readFileSync(file, 'utf8');

describe('wrong ones are found, with source and line', () => {
  test.each(Object.entries(SAMPLE))('%s: %s', async (group, name) => {
    const file = `${FOLDER}/cases/${name}.ts`;
    const line =
      textOf(file)
        .split('\n')
        .findIndex((text) => text.includes('// <- blame')) + 1;
    const { targets } = await fuzz({ ...options, files: [file] });
    const [wrong, repaired] = targets;
    expect(wrong).toMatchObject({
      workflow: name,
      verdict: 'divergent',
      divergences: [{ blame: [{ group, file, line }] }],
    });
    expect(repaired).toMatchObject({ workflow: `${name}-repaired`, verdict: 'no-divergence', divergences: [] });
  });
});

const right = readdirSync(`${FOLDER}/right`).filter((_, index) => index % 5 === 0);

test.each(right)('%s is left alone', async (name) => {
  const { targets } = await fuzz({ ...options, files: [`${FOLDER}/right/${name}`] });
  expect(targets.map(({ verdict, divergences }) => [verdict, divergences.length])).toEqual([['no-divergence', 0]]);
});

test('the table has all cases, with source, use and what the guard does', () => {
  const table = textOf(`${FOLDER}/README.md`)
    .split('\n')
    .flatMap((row) => (row.startsWith('| [`') ? [row.replaceAll(/ +/g, ' ')] : []));
  const first = JSON.parse(textOf(`${FOLDER}/first-recall.json`)) as Record<string, readonly string[]>;
  const rows = readdirSync(`${FOLDER}/cases`).map((file) => {
    const name = basename(file, '.ts');
    const about = /export const about: ZooCase = \{(.*?)\n\};/s.exec(textOf(`${FOLDER}/cases/${file}`))![1]!;
    const said = (key: string): string =>
      new RegExp(`\\n  ${key}:\\s*(?:'((?:[^'\\\\]|\\\\.)*)'|"([^"]*)")`, 's').exec(about)!.slice(1).find(Boolean)!;
    const recall = first['notFound']!.includes(name)
      ? 'not found'
      : first['otherLine']!.includes(name)
        ? 'found, another line'
        : first['otherGuard']!.includes(name)
          ? 'found, wrong about the guard'
          : 'found';
    const text = (key: string): string => said(key).replaceAll('\\', '').replaceAll('|', '\\|').replaceAll('<', '\\<');
    return `| [\`${name}\`](cases/${file}) | ${said('source')} | ${text('use')} | ${said('guard')} | ${recall} |`;
  });
  expect(table.sort()).toEqual(rows.sort());
});
