import { readFileSync } from 'node:fs';
import { describe, expect, test } from 'vitest';
import { allBugs } from './all-bugs.js';
import { bugTable } from './bug-table.js';
import { outcomesOf } from './outcome-of.js';

// Goal: each bug is found at its price, and nothing is said of its repaired twin. Method: both are searched to closure.

const bugs = await allBugs();

test.each(bugs.map((seeded) => ({ ...seeded, id: seeded.bug.id })))('$id', async ({ bug }) => {
  const { breaks, crashes, faults, invisibleAtEnd } = bug;
  const { buggy, repaired } = await outcomesOf(bug);
  expect({ verdict: repaired.verdict, stoppedBy: repaired.stoppedBy, broken: repaired.broken }).toEqual({
    verdict: 'proved',
    stoppedBy: 'closed',
    broken: [],
  });
  expect({ verdict: buggy.verdict, broken: buggy.broken }).toEqual({
    verdict: 'violated',
    broken: [{ property: breaks, crashes, faults, invisibleAtEnd }],
  });
});

describe('the collection', () => {
  const count = (wanted: (bug: (typeof bugs)[number]['bug']) => boolean): number =>
    bugs.filter(({ bug }) => wanted(bug)).length;

  test('is what was asked for', () => {
    expect(bugs.length).toBeGreaterThanOrEqual(60);
    expect(new Set(bugs.map(({ bug }) => bug.family)).size).toBeGreaterThanOrEqual(8);
    expect(count(({ crashes, faults }) => crashes + faults >= 2)).toBeGreaterThanOrEqual(20);
    expect(count(({ workers, parallel }) => workers >= 2 || parallel)).toBeGreaterThanOrEqual(10);
    expect(count(({ invisibleAtEnd }) => invisibleAtEnd)).toBeGreaterThanOrEqual(10);
  });

  test('has no two bugs with the same pattern, measure and fault', () => {
    const seen = bugs.map(({ bug: { pattern, measure, fault } }) => `${pattern}, ${measure}, ${fault}`);
    expect(seen.filter((one, index) => seen.indexOf(one) < index)).toEqual([]);
  });

  test('is filed by family and id, each under one pattern, and cites its story', () => {
    for (const { file, bug } of bugs) {
      const { family, id, pattern, buggy, repaired, retells } = bug;
      expect(file).toBe(`${family}/${id}.ts`);
      expect([buggy, repaired].flatMap(({ patterns }) => patterns.map(({ name }) => name))).toEqual([pattern, pattern]);
      expect(retells.url, id).toMatch(/^https:\/\/\S+$/);
      expect(retells.what, id).toMatch(/\w/);
    }
  });

  test('was searched for a first time, and what came of it is in the table', () => {
    expect(bugs.filter(({ first }) => !first).map(({ file }) => file)).toEqual([]);
    const readme = readFileSync(new URL('README.md', import.meta.url), 'utf8');
    // Prettier has its own mind about the width of cells.
    const plain = (text: string): string => text.replaceAll(/ +\|/g, ' |').replaceAll(/-+/g, '-');
    expect(plain(readme)).toContain(plain(bugTable(bugs)).trim());
  });
});
