import { z } from 'zod';

const place = { file: z.string(), line: z.number().int().nonnegative() };

/** One command of the recorded history, or of the code as it is replayed; null: there is none. */
const command = z.looseObject({ kind: z.string() }).nullable();

const blamed = z.object({
  source: z.string().describe('what differs, as the guard names the call: Date.now(), module state'),
  group: z.string().describe('clock, random, crypto, env, time zone, locale, module state, ...'),
  ...place,
  confirmed: z.boolean().describe('true: with this source pinned and all others perturbed, no replay differed'),
  fix: z.string().optional().describe('what to write instead'),
  page: z.string().optional(),
});

const divergence = z.object({
  signature: z.string().describe('the same for all runs that differ for the same cause'),
  at: z.number().int().positive().describe('the decision that differs, from 1'),
  command: z.number().int().positive().describe('the command within it, from 1'),
  expected: command,
  actual: command,
  expectedAll: z.array(command),
  actualAll: z.array(command),
  difference: z.string().describe('where the two differ: name, args[0].amount, result, kind'),
  message: z.string(),
  location: z.object(place).optional(),
  input: z.unknown(),
  prefix: z.number().int().nonnegative().describe('how many decisions of the history were replayed'),
  history: z.array(z.looseObject({ type: z.string() })).describe('the shrunk history up to there'),
  guard: z
    .enum(['recorded', 'refused', 'unseen'])
    .describe('what the guard of the reference engine does with it: a recorded value, an error, or nothing'),
  guardWouldStop: z.boolean(),
  portability: z.boolean().describe('true: harmless on this engine, which answers with a recorded value'),
  standing: z
    .enum(['finding', 'harmless', 'accepted'])
    .describe(
      'only a finding counts for the verdict; harmless: a portability finding without --portable; accepted: in the baseline',
    ),
  blame: z.array(blamed),
  run: z.number().int().positive().describe('the run that found it'),
  saved: z.string().optional().describe('the file that keeps it, which runs first the next time'),
  reproduce: z.object({ command: z.string(), test: z.string() }),
});

const target = z.object({
  workflow: z.string(),
  file: z.string(),
  runtime: z.string(),
  verdict: z.enum(['no-divergence', 'divergent', 'inconclusive']),
  runs: z.number().int(),
  prefixes: z.number().int().describe('prefixes of histories that were replayed'),
  commandsCompared: z.number().int(),
  stoppedBy: z.enum(['runs', 'time', 'interrupted', 'findings', 'error', 'path']),
  ended: z.number().int().describe('runs that came to the end of the workflow'),
  coverage: z.object({
    branches: z.object({ hit: z.number().int(), of: z.number().int() }),
    uncovered: z.array(z.object(place)).describe('lines with a branch that no run went through'),
  }),
  sources: z.record(z.string(), z.enum(['config', 'schema', 'learned', 'types', 'none'])),
  reasons: z.array(z.string()).describe('why it is inconclusive'),
  divergences: z.array(divergence),
});

const known = z.object({ workflow: z.string(), file: z.string(), signature: z.string() });

/** What `fuzz` found. */
export const determinismSchema = z.object({
  schema: z.literal('crashwise/determinism@1'),
  seed: z.string(),
  ms: z.number(),
  targets: z.array(target),
  stale: z
    .array(known)
    .optional()
    .describe('with a baseline: what it accepts, and a whole search did not find any more'),
});

export type DeterminismResult = z.infer<typeof determinismSchema>;
/** A divergence as a baseline knows it. */
export type KnownDivergence = z.infer<typeof known>;
export type DeterminismTarget = DeterminismResult['targets'][number];
export type FoundDivergence = DeterminismTarget['divergences'][number];
