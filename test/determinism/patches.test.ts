import { readFileSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { createRuntime, type HistoryEvent } from '../../src/engine/index.js';
import { PATCH_RULES, patches } from '../../src/determinism/index.js';
import { patchesSchema } from '../../src/results/index.js';
import { CASES, reachOf, SOURCES, STAGES, type PatchCase, type Stage } from './patch-cases.js';
import { fileOf, recorded } from './recorded.js';

/** What the verdict lets a team deploy next. */
const NEXT: Readonly<Record<Stage, Stage>> = {
  before: 'patched',
  patched: 'deprecated',
  deprecated: 'gone',
  gone: 'gone',
  other: 'other',
};

async function historiesOf({ histories }: PatchCase): Promise<HistoryEvent[][]> {
  return Promise.all(
    histories.map(([by, reach], at) => recorded(STAGES[by], { id: `e-${at}`, input: 'o-1', ...reachOf(reach) })),
  );
}

async function report(one: PatchCase) {
  const file = fileOf(await historiesOf(one));
  const source = join(dirname(file), 'order.ts');
  writeFileSync(source, SOURCES[one.today]);
  return patches({ histories: [file], workflows: [STAGES[one.today]], sources: [source] });
}

/** How many open executions the next deployment would block. */
async function refusedNext(one: PatchCase): Promise<number> {
  const { decide } = createRuntime([STAGES[NEXT[one.today]]], { report: () => {} });
  const open = (await historiesOf(one)).filter((_, at) => one.histories[at]![1] !== 'its end');
  return (await Promise.all(open.map((history) => decide(history)))).filter(({ blocked }) => blocked).length;
}

describe.each(CASES)('$today, $title', (one) => {
  test(`is ${one.verdict}`, async () => {
    const result = await report(one);
    expect(patchesSchema.parse(result)).toEqual(result);
    expect(result.patches).toMatchObject([{ id: 'reserve', verdict: one.verdict, rule: one.rule }]);
    expect(result.patches[0]!.reason).toMatch(/^[A-Z0-9][^]*\.$/);
  });

  test('and the next deployment shows that it is right', async () => {
    const refused = await refusedNext(one);
    if (one.verdict === 'keep') expect(refused).toBeGreaterThan(0);
    if (one.verdict === 'delete' || one.verdict === 'deprecate') expect(refused).toBe(0);
  });
});

const MADE = ['before', 'patched', 'deprecated', 'gone', 'other'] as const;
const REACHED = ['before the call', 'past the call', 'its end'] as const;

test('of any histories: what may go is needed by no open one', { timeout: 120_000 }, async () => {
  const histories = fc.array(fc.tuple(fc.constantFrom(...MADE), fc.constantFrom(...REACHED)), {
    minLength: 1,
    maxLength: 6,
  });
  const verdicts = new Set<string>();
  await fc.assert(
    fc.asyncProperty(fc.constantFrom('patched', 'deprecated', 'gone'), histories, async (today, drawn) => {
      const one: PatchCase = { title: '', today: today as Stage, histories: drawn, verdict: 'unknown', rule: '' };
      const [patch] = (await report(one)).patches;
      if (!patch) return;
      verdicts.add(patch.verdict);
      if (patch.verdict === 'delete' || patch.verdict === 'deprecate') expect(await refusedNext(one)).toBe(0);
    }),
    { numRuns: 300, seed: 1 },
  );
  expect([...verdicts].sort()).toEqual(['delete', 'deprecate', 'keep', 'unknown']);
});

test('every rule is the one that decides some case', () => {
  expect(new Set(CASES.map(({ rule }) => rule))).toEqual(new Set(PATCH_RULES.map(({ id }) => id)));
});

test('the figures: who holds a marker, who went past without one, who did not come there, and who is the oldest', async () => {
  const histories = await Promise.all([
    recorded(STAGES.patched, { id: 'new', input: 'a', outcomes: 1 }),
    recorded(STAGES.deprecated, { id: 'deprecated', input: 'a' }),
    recorded(STAGES.before, { id: 'old', input: 'a', outcomes: 1 }),
    recorded(STAGES.before, { id: 'old closed', input: 'a' }),
    recorded(STAGES.before, { id: 'early', input: 'a', outcomes: 0 }),
    recorded(STAGES.before, { id: 'at the call', input: 'a', outcomes: 1, undecided: true }),
    recorded(STAGES.other, { id: 'elsewhere', input: 'a' }),
  ]);
  histories[2]![0] = { ...histories[2]![0]!, at: 5 };
  histories[3]![0] = { ...histories[3]![0]!, at: 1 };
  const { patches: found, histories: all } = await patches({
    histories: [fileOf(histories)],
    workflows: [STAGES.patched],
  });
  expect(all).toEqual({ open: 4, closed: 3 });
  expect(found).toMatchObject([
    {
      sites: [{ file: 'test/determinism/patch-cases.ts', call: 'patched' }],
      seen: { open: { patched: 1, deprecatePatch: 0 }, closed: { patched: 0, deprecatePatch: 1 } },
      absentThoughReached: { open: 1, closed: 1 },
      notReached: { open: 2, closed: 0 },
      unclear: { open: 0, closed: 1 },
      oldest: { id: 'old', startedAt: 5, open: true },
      verdict: 'keep',
    },
  ]);
  const { line } = found[0]!.sites[0]!;
  expect(readFileSync('test/determinism/patch-cases.ts', 'utf8').split('\n')[line - 1]).toContain("patched('reserve')");
});

test('a patch that no history comes to is known by its call, and one without a call by its markers', async () => {
  const file = fileOf([await recorded(STAGES.patched, { input: 'a', outcomes: 1 })]);
  const source = join(dirname(file), 'order.ts');
  writeFileSync(
    source,
    "// patched('comment')\nconst text = \"patched('text')\";\nif (patched(`later`)) deprecatePatch(\n'third');",
  );
  const result = await patches({ histories: [file], workflows: [STAGES.gone], sources: [source] });
  expect(result.patches).toMatchObject([
    { id: 'later', sites: [{ line: 3, call: 'patched' }], verdict: 'unknown' },
    { id: 'reserve', sites: [], verdict: 'keep', rule: 'call-gone-too-early' },
    { id: 'third', sites: [{ line: 3, call: 'deprecatePatch' }], verdict: 'unknown' },
  ]);
});

test('what cannot be read, and what is of another workflow, is told and counts for nothing', async () => {
  const file = fileOf([await recorded(STAGES.patched, { input: 'a', outcomes: 1 })]);
  writeFileSync(file, `${readFileSync(file, 'utf8').replaceAll('"order"', '"refund"')}{"sche`);
  const result = await patches({ histories: [file], workflows: [STAGES.patched] });
  expect(result).toMatchObject({
    leftOut: 1,
    histories: { open: 0, closed: 0 },
    unreadable: { count: 1 },
    patches: [],
  });
});
