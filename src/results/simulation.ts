import { z } from 'zod';

const phase = z.enum(['before', 'in-flight', 'landed', 'acknowledged']);
const location = z.object({ file: z.string(), line: z.number().int().positive() });

/** The outcome of one crash at one point: the worst of all ways on from there. */
export const mark = z
  .enum(['once', 'refused', 'twice-allowed', 'twice', 'invariant', 'other-outcome', 'never-ends'])
  .describe(
    'once: as without a crash; refused: sent again, refused by its key; twice-allowed: done twice, which its class ' +
      'allows; twice: done twice, which breaks a property; invariant: an invariant is broken on the way; other-outcome: it ' +
      'ends as no run without a crash does; never-ends: the goal is not reached',
  );

const storyStep = z.object({
  n: z.number().int().positive(),
  life: z.number().int().positive(),
  site: z.string(),
  phase,
  /** `crash` for the step at which the worker dies, `fault` for what else goes wrong. */
  kind: z.enum(['step', 'crash', 'fault', 'rest']),
  text: z.string(),
});

const violation = z.object({
  property: z.string(),
  kind: z.enum(['ledger', 'invariant', 'refinement', 'liveness', 'engine']),
  sentence: z.string(),
  /** True: the last crash can be made again and again, and each time the effect happens once more. */
  pump: z.boolean().optional(),
  crashes: z.number().int().nonnegative(),
  faults: z.number().int().nonnegative(),
  schedule: z.string(),
  story: z.array(storyStep),
  pointOfNoReturn: z.number().int().positive().optional(),
  location: location.optional(),
  expectedWorld: z.record(z.string(), z.unknown()),
  actualWorld: z.record(z.string(), z.unknown()),
  reproduce: z.object({ command: z.string(), test: z.string() }),
  hint: z.string().optional(),
  page: z.string().optional(),
});

/** So many, of so many. */
const covered = z.object({ hit: z.number().int(), of: z.number().int().optional() });

const matrixRow = z.object({
  title: z.string(),
  kind: z.enum(['effect', 'record', 'hand-on', 'other']),
  sites: z.array(z.string()),
  /** One mark for each phase, in their order; null where the row has no such point. */
  cells: z.record(phase, mark.nullable()),
  /** For each phase, all that breaks on some way on from there: those of the marks that break a property. */
  broken: z.record(phase, z.array(mark)),
  /** True for a hand-on that is one commit with the record above it. */
  sameCommit: z.boolean(),
});

const unseen = z.object({
  text: z
    .string()
    .optional()
    .describe('what showed it: where two runs of one life part, or what was called after its rest'),
  location: location.optional().describe("the user's line of the call at which they part"),
  calls: z
    .array(z.object({ call: z.string(), location }))
    .describe(
      'ambient calls of the code of the scenario that may be why: clocks, random values, timers, files, network',
    ),
});

const pattern = z.enum(['durable', 'queue', 'status-column', 'accidental', 'reconciler']);

/** A flow with one safety measure taken away, and what became of it. */
const mutant = z.object({
  operator: z.string(),
  /** What was done to the flow, in words. */
  text: z.string(),
  status: z
    .enum(['killed', 'survived', 'equivalent', 'inapplicable', 'inconclusive'])
    .describe(
      'killed: it breaks a property that the flow as it is does not; survived: it breaks nothing; equivalent: it comes ' +
        'to the same states; inapplicable: the measure is not there; inconclusive: its search did not come to an end',
    ),
  /** The other faults with which it, and the flow as it is, were searched. */
  needs: z.array(z.string()).optional(),
  /** What it breaks, with a schedule of the mutant. */
  property: z.string().optional(),
  crashes: z.number().int().nonnegative().optional(),
  faults: z.number().int().nonnegative().optional(),
  schedule: z.string().optional(),
  reason: z.string().optional(),
  redundant: z.string().optional().describe('of a survivor: why nothing needs the measure, as the scenario says'),
});

const mutants = z.object({
  killed: z.number().int(),
  survived: z.number().int().describe('those that the scenario calls redundant are not counted'),
  equivalent: z.number().int(),
  inapplicable: z.number().int(),
  inconclusive: z.number().int(),
  list: z.array(mutant),
});

const run = z.object({
  scenario: z.string(),
  title: z.string(),
  pattern,
  patternTitle: z.string(),
  runtime: z.string(),
  subject: z.enum(['model', 'code', 'process']),
  verdict: z.enum(['proved', 'violated', 'inconclusive']),
  expected: z.enum(['proved', 'violated']),
  expectedProperties: z.array(z.string()),
  closed: z.boolean(),
  /** Runs that a random search has made; only with such a search. */
  runs: z.number().int().optional(),
  states: z.number().int(),
  lives: z.number().int(),
  crashPoints: z.number().int(),
  edges: z.number().int(),
  stoppedBy: z.enum([
    'closed',
    'states',
    'runs',
    'time',
    'interrupted',
    'endless-life',
    'outside-work',
    'unsteady',
    'projection',
    'schedule',
  ]),
  /** With `unsteady` and `outside-work`: what goes on past the boundaries, as far as it could be found out. */
  unseen: unseen.optional(),
  /** The one schedule that was re-run, with `stoppedBy: schedule`. */
  schedule: z.string().optional(),
  /** What happened in it, if it breaks nothing; else each violation has its story. */
  story: z.array(storyStep).optional(),
  frontier: z.object({ states: z.number().int(), depth: z.number().int() }).optional(),
  certificate: z.object({
    inputs: z.number().int(),
    faults: z.array(z.string()),
    maxOtherFaults: z.number().int(),
    crashes: z.enum(['unbounded', 'bounded']),
    schedules: z.string(),
    key: z.string(),
    omissionProbability: z.number(),
    projections: z.array(z.object({ name: z.string(), checked: z.string() })),
    assumes: z.array(z.string()),
    notCovered: z.array(z.string()),
  }),
  coverage: z.object({
    points: covered
      .required()
      .describe('sites and phases at which a worker died, of those that lives came to, and the four of each step'),
    edges: covered.describe(
      'crashes, each a moment of a life, told apart by where that life began and went; hit: a life was run from the state ' +
        'that it leaves. `of` only where the search has closed: else nobody knows how many there are',
    ),
    pairs: covered.describe(
      'a point at which one life dies, and a point that a life comes to which begins there; hit: the worker died at both. ' +
        'Of states that are one, so are their points. `of` only where the search has closed',
    ),
    sometimes: z.array(z.object({ name: z.string(), taken: z.boolean() })),
  }),
  /** Effects that happened twice in some run where that is allowed, each with the shortest schedule that does it. */
  twiceAllowed: z.array(
    z.object({ effect: z.string(), title: z.string(), crashes: z.number().int(), schedule: z.string() }),
  ),
  /** Properties that were checked in every state. */
  properties: z.array(z.string()),
  matrix: z.array(matrixRow),
  /** With --matrix: the machinery that this kind of work asks for, where the scenario says so. */
  row: pattern.optional(),
  /**
   * With --matrix: the smallest set of additions with which it is proved; empty if it is. Absent: none of those that the
   * pattern declares is enough, or it was not decided.
   */
  needs: z.array(z.string()).optional(),
  /** With --matrix: what goes wrong for want of them, in words. */
  causes: z.array(z.string()).optional(),
  violations: z.array(violation),
  /** With `--mutants`: each safety measure, taken away. */
  mutants: mutants.optional(),
  rates: z.object({ statesPerSecond: z.number(), livesPerSecond: z.number() }),
});

/** What `simulate` returns and `simulate --json` prints. Fields may be added; none is renamed or removed. */
export const simulationSchema = z.object({
  schema: z.literal('crashwise/simulation@1'),
  seed: z.string(),
  ms: z.number(),
  runs: z.array(run),
});

export type SimulationResult = z.infer<typeof simulationSchema>;
export type SimulationRun = z.infer<typeof run>;
export type SimulationViolation = z.infer<typeof violation>;
export type Mutant = z.infer<typeof mutant>;
export type Mutants = z.infer<typeof mutants>;
export type StoryStep = z.infer<typeof storyStep>;
export type MatrixRow = z.infer<typeof matrixRow>;
export type Mark = z.infer<typeof mark>;
