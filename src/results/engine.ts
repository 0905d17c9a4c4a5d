import { z } from 'zod';

const json = z.json();
const failure = z.object({ name: z.string(), message: z.string(), code: z.string().optional() });
const problem = z.object({ code: z.string(), message: z.string(), details: json.optional() });
const ms = z.number().describe('ms since 1970');

const execution = z.object({
  id: z.string(),
  workflow: z.string(),
  status: z.enum(['running', 'blocked', 'completed', 'failed']),
  /** Events in the history. */
  length: z.number().int(),
  createdAt: ms,
  wakeAt: ms.nullable().describe('when a worker looks at it next: 0 is at once, null only when something arrives'),
  leaseToken: z.number().int(),
  leaseOwner: z.string().nullable(),
  leaseUntil: ms.nullable(),
  claims: z.number().int().describe('claims since the last recorded event'),
  problem: problem.nullable(),
});

/** What a decision asks for. */
export const command = z.discriminatedUnion('kind', [
  z.object({ kind: z.literal('activity'), seq: z.int(), name: z.string(), args: z.array(json), options: json }),
  z.object({ kind: z.literal('timer'), seq: z.int(), durationMs: z.number() }),
  z.object({ kind: z.literal('cancel-timer'), seq: z.int() }),
  z.object({ kind: z.literal('patch'), id: z.string(), deprecated: z.boolean() }),
  z.object({ kind: z.literal('complete'), result: json.optional() }),
  z.object({ kind: z.literal('fail'), failure }),
]);

const failed = { at: ms, seq: z.int(), attempt: z.int(), failure };
/** One entry of a history of the reference engine. */
export const event = z.discriminatedUnion('type', [
  z.object({
    type: z.literal('started'),
    at: ms,
    id: z.string(),
    workflow: z.string(),
    seed: z.string(),
    input: json.optional(),
  }),
  z.object({ type: z.literal('decided'), at: ms, commands: z.array(command) }),
  z.object({ type: z.literal('activity-completed'), at: ms, seq: z.int(), result: json.optional() }),
  z.object({ type: z.literal('attempt-failed'), ...failed, retryAt: ms }),
  z.object({ type: z.literal('activity-failed'), ...failed }),
  z.object({ type: z.literal('timer-fired'), at: ms, seq: z.int() }),
  z.object({ type: z.literal('signaled'), at: ms, name: z.string(), args: z.array(json) }),
]);

const waiting = z.discriminatedUnion('kind', [
  z.object({
    kind: z.literal('activity'),
    seq: z.int(),
    name: z.string(),
    attempt: z.int(),
    notBefore: ms.describe('0: at once'),
  }),
  z.object({ kind: z.literal('timer'), seq: z.int(), dueAt: ms }),
  z.object({ kind: z.literal('signal') }).describe('nothing else is pending: a signal, or a condition that one meets'),
]);

/** What `engine start --json` prints. */
export const engineStartSchema = z.object({
  schema: z.literal('crashwise/engine-start@1'),
  id: z.string(),
  workflow: z.string(),
  created: z.boolean().describe('false: it was there already, with the same workflow and input'),
});

/** What `engine signal --json` prints. */
export const engineSignalSchema = z.object({
  schema: z.literal('crashwise/engine-signal@1'),
  id: z.string(),
  signal: z.string(),
  args: z.array(json),
});

/** What `engine query --json` prints. */
export const engineQuerySchema = z.object({
  schema: z.literal('crashwise/engine-query@1'),
  id: z.string(),
  query: z.string(),
  args: z.array(json),
  answer: json.optional(),
});

/** What `engine list --json` prints. */
export const engineListSchema = z.object({
  schema: z.literal('crashwise/engine-list@1'),
  executions: z.array(execution),
});

/** What `engine show --json` prints. */
export const engineShowSchema = z.object({
  schema: z.literal('crashwise/engine-show@1'),
  execution,
  history: z.array(event),
  waitsFor: z.array(waiting),
});

/** What `engine run --json` prints when it ends. */
export const engineRunSchema = z.object({
  schema: z.literal('crashwise/engine-run@1'),
  stoppedBy: z.enum(['idle', 'signal']),
  workflows: z.array(z.string()),
  executions: z.object({ running: z.int(), blocked: z.int(), completed: z.int(), failed: z.int() }),
  nextDue: ms.nullable().describe('when the next timer or retry of these workflows is due'),
  reports: z.array(z.object({ code: z.string(), message: z.string() })),
});

export type EngineStartResult = z.infer<typeof engineStartSchema>;
export type EngineSignalResult = z.infer<typeof engineSignalSchema>;
export type EngineQueryResult = z.infer<typeof engineQuerySchema>;
export type EngineListResult = z.infer<typeof engineListSchema>;
export type EngineShowResult = z.infer<typeof engineShowSchema>;
export type EngineRunResult = z.infer<typeof engineRunSchema>;
