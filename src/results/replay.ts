import { z } from 'zod';
import { command } from './engine.js';

const counted = z.int().nonnegative();
const place = z.object({ file: z.string(), line: z.int().positive() });

/** What became of a history. */
export const replayStatus = z
  .enum(['pass', 'changed', 'fail', 'blocked', 'unsupported', 'not-covered'])
  .describe(
    'fail: the engine would refuse it; changed: it accepts it, though options or durations differ; blocked: the code ' +
      'cannot go on for another reason; unsupported: of another engine, codec or version; not-covered: nothing to replay it with',
  );

const historyPlace = z.object({
  file: z.string(),
  line: z.int().positive().nullable().describe('of a file with one history a line'),
  id: z.string(),
});

const divergence = z.object({
  decision: z.int().positive(),
  command: z.int().positive().describe('position within the decision'),
  difference: z.string().describe('where the two differ: name, args[0].amount, result, kind'),
  expected: command.nullable().describe('as recorded; null: there is none'),
  actual: command.nullable().describe('what the code asks for now; null: nothing'),
  expectedAll: z.array(command),
  actualAll: z.array(command),
});

const change = z.object({
  commands: z.array(z.string()).describe('that show it: activity charge, timer'),
  path: z.string().describe('options.startToCloseTimeoutMs, durationMs'),
  values: z.array(z.object({ recorded: z.json(), now: z.json(), count: counted })).describe('the first few'),
  moreValues: counted.describe('histories with other values'),
});

/** What many histories have in common. */
export const replayFinding = z.object({
  status: replayStatus.exclude(['pass']),
  signature: z.string(),
  workflow: z.string(),
  count: counted.describe('histories'),
  examples: z.array(historyPlace).describe('the first few of them'),
  code: z.string(),
  message: z.string().describe('of the first example'),
  location: place.optional(),
  divergence: divergence.optional().describe('of the first example, if its status is fail'),
  change: change.optional(),
});

/** What could not be read; the first of it. */
export const unreadable = z.object({
  count: counted,
  first: z.array(
    z.object({ file: z.string(), line: z.int().positive().nullable(), code: z.string(), message: z.string() }),
  ),
});

/** What the histories reach. */
export const corpusCoverage = z.object({
  workflows: z.array(
    z.object({
      name: z.string(),
      histories: counted,
      branches: z
        .object({ hit: counted, of: counted, uncovered: z.array(place) })
        .optional()
        .describe('of its code; absent where the code was not loaded for that'),
    }),
  ),
  events: z.record(z.string(), counted).describe('of each kind; 0: none'),
  commands: z.record(z.string(), counted),
  patches: z.array(
    z.object({
      id: z.string(),
      new: counted.describe('histories that went the new way'),
      old: counted.describe('histories that went the old way'),
    }),
  ),
});

/** What `replay` found. */
export const replaySchema = z.object({
  schema: z.literal('crashwise/replay@1'),
  ms: z.number(),
  strict: z.boolean().describe('true: what changed counts as a finding'),
  stoppedBy: z.enum(['end', 'interrupted']),
  workflows: z.array(z.string()).describe('what there is to replay with'),
  histories: counted,
  events: counted,
  counts: z.record(replayStatus, counted),
  findings: z.array(replayFinding),
  warnings: z.array(z.object({ code: z.string(), message: z.string(), count: counted })),
  unreadable,
  coverage: corpusCoverage.optional(),
});

export type ReplayStatus = z.infer<typeof replayStatus>;
export type ReplayFinding = z.infer<typeof replayFinding>;
export type CorpusCoverage = z.infer<typeof corpusCoverage>;
export type ReplayResult = z.infer<typeof replaySchema>;
