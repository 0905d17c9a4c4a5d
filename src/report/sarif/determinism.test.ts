import { describe, expect, test } from 'vitest';
import { z } from 'zod';
import type { DeterminismResult } from '../../results/determinism.js';
import { searched, searchedWith } from '../terminal/fixtures/determinism.js';
import { determinismSarif } from './determinism.js';

// What the specification of SARIF 2.1.0 asks for, of the members that are written: no other one may be there.
const message = z.strictObject({ text: z.string().min(1) });
const location = z.strictObject({
  physicalLocation: z.strictObject({
    artifactLocation: z.strictObject({
      uri: z.string().regex(/^(?:[\w.!~*'()-]|%[\dA-F]{2}|\/)+$/),
      uriBaseId: z.literal('%SRCROOT%'),
    }),
    region: z.strictObject({ startLine: z.number().int().min(1) }).optional(),
  }),
});
const level = z.enum(['none', 'note', 'warning', 'error']);
const rule = z.strictObject({
  id: z.string().min(1),
  shortDescription: message,
  fullDescription: message,
  defaultConfiguration: z.strictObject({ level }),
});
const sarif = z.strictObject({
  $schema: z.url(),
  version: z.literal('2.1.0'),
  runs: z.array(
    z.strictObject({
      tool: z.strictObject({
        driver: z.strictObject({ name: z.string().min(1), version: z.string(), rules: z.array(rule) }),
      }),
      columnKind: z.enum(['utf16CodeUnits', 'unicodeCodePoints']),
      invocations: z.array(
        z.strictObject({
          executionSuccessful: z.boolean(),
          toolExecutionNotifications: z.array(
            z.strictObject({ level, message, locations: z.array(location).optional() }),
          ),
        }),
      ),
      results: z.array(
        z.strictObject({
          ruleId: z.string(),
          ruleIndex: z.number().int().min(0),
          level,
          message,
          locations: z.array(location).min(1),
          relatedLocations: z.array(location).optional(),
          partialFingerprints: z.record(z.string(), z.string()),
          suppressions: z
            .array(z.strictObject({ kind: z.enum(['inSource', 'external']), justification: z.string() }))
            .optional(),
        }),
      ),
    }),
  ),
});

function written(result: DeterminismResult) {
  const [run] = sarif.parse(JSON.parse(determinismSarif(result, { version: '1.2.3' }))).runs;
  for (const { ruleId, ruleIndex } of run!.results) expect(run!.tool.driver.rules[ruleIndex]!.id).toBe(ruleId);
  const ids = run!.tool.driver.rules.map(({ id }) => id);
  expect(new Set(ids).size).toBe(ids.length);
  return run!;
}
const lineOf = (one: z.infer<typeof location>) => one.physicalLocation.region?.startLine;

test('a rule a source group, a result a divergence at its line, the inconclusive one beside them', () => {
  const { tool, results, invocations } = written(searched());
  expect(tool.driver.rules.map(({ id }) => id)).toEqual(['non-determinism/pid', 'non-determinism/random']);
  expect(results.map((one) => [one.ruleId, one.level, lineOf(one.locations[0]!)])).toEqual([
    ['non-determinism/random', 'note', 8],
    ['non-determinism/pid', 'error', 5],
  ]);
  expect(results[1]!.message.text).toContain('cause: process.pid');
  expect(invocations[0]).toMatchObject({ executionSuccessful: true });
  expect(invocations[0]!.toolExecutionNotifications.map((one) => one.message.text)).toEqual([
    expect.stringMatching(/^shallow is inconclusive: 2 of 3 branches/),
  ]);
});

describe('a finding', () => {
  const of = (finding: Parameters<typeof searchedWith>[0]) => written(searchedWith(finding)).results[1]!;
  const blamed = { source: 'Date.now()', group: 'time zone', file: 'src/a b#.ts', line: 3, confirmed: false };

  test('of two sources has the second as a related place; names are encoded', () => {
    const found = of({ blame: [blamed, { ...blamed, line: 4 }] });
    expect(found.ruleId).toBe('non-determinism/time-zone');
    expect(found.locations[0]!.physicalLocation.artifactLocation.uri).toBe('src/a%20b%23.ts');
    expect(found.relatedLocations!.map(lineOf)).toEqual([4]);
  });

  test('that nothing is to blame for has a rule of its own, and a file at least', () => {
    const found = of({ blame: [], location: undefined });
    expect(found.ruleId).toBe('non-determinism/unknown');
    expect(found.locations).toEqual([
      { physicalLocation: { artifactLocation: { uri: 'src/flows.ts', uriBaseId: '%SRCROOT%' } } },
    ]);
  });

  test('that a baseline accepts is a note, and suppressed', () => {
    expect(of({ standing: 'accepted' })).toMatchObject({ level: 'note', suppressions: [{ kind: 'external' }] });
  });
});

test('a search that found nothing has no rules and no results; an interrupted one was not successful', () => {
  const { tool, results, invocations } = written({ ...searched(), targets: [] });
  expect([tool.driver.rules, results, invocations[0]!.executionSuccessful]).toEqual([[], [], true]);
  const [target] = searched().targets;
  const cut = written({ ...searched(), targets: [{ ...target!, stoppedBy: 'interrupted' }] });
  expect(cut.invocations[0]!.executionSuccessful).toBe(false);
});
