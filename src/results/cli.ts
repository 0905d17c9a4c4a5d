import { z } from 'zod';

/** What `simulate --list --json` prints. */
export const scenarioListSchema = z.object({
  schema: z.literal('crashwise/scenario-list@1'),
  scenarios: z.array(
    z.object({
      name: z.string(),
      title: z.string(),
      file: z.string(),
      shipped: z.boolean().describe('true: it comes with crashwise'),
      patterns: z.array(z.object({ name: z.string(), expected: z.enum(['proved', 'violated']) })),
    }),
  ),
});

/** What `crashwise --json` prints: what this directory is. */
export const lookRoundSchema = z.object({
  schema: z.literal('crashwise/look-round@1'),
  package: z.object({ name: z.string(), version: z.string().nullable() }).nullable(),
  engines: z.array(z.object({ engine: z.string(), package: z.string(), version: z.string(), installed: z.boolean() })),
  scenarios: z.array(z.string()),
  databases: z.array(z.string()).describe('SQLite files of the reference engine'),
  next: z.array(z.object({ command: z.string(), text: z.string() })),
});

/** What `init` wrote. */
export const initSchema = z.object({
  schema: z.literal('crashwise/init@1'),
  entity: z.string(),
  pattern: z.enum(['durable', 'accidental']),
  steps: z.array(z.object({ title: z.string(), class: z.enum(['exactly-once', 'at-least-once']) })),
  files: z.array(z.string()),
  next: z.string().describe('the command to run next'),
});

/** What a command prints on stdout with `--json` when it could not do its work; the same is told on stderr. */
export const errorSchema = z.object({
  schema: z.literal('crashwise/error@1'),
  code: z.string(),
  message: z.string(),
  next: z.string(),
  hint: z.string(),
});

export type ScenarioListResult = z.infer<typeof scenarioListSchema>;
export type LookRoundResult = z.infer<typeof lookRoundSchema>;
export type InitResult = z.infer<typeof initSchema>;
export type ErrorResult = z.infer<typeof errorSchema>;
