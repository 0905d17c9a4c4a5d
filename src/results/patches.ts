import { z } from 'zod';

const counted = z.int().nonnegative();

const patch = z.object({
  id: z.string(),
  sites: z.array(
    z.object({ file: z.string(), line: z.int().positive(), call: z.enum(['patched', 'deprecatePatch']) }),
  ),
  seen: z
    .object({ open: counted, closed: counted, deprecated: counted })
    .describe('histories with its marker, and how many of them hold one of deprecatePatch()'),
  absentThoughReached: z
    .object({ open: counted, closed: counted })
    .describe('histories that went past the call without a marker: they are on the old branch'),
  notReached: z.object({ open: counted, closed: counted }).describe('histories of its workflows that did not come there'),
  unclear: z.object({ open: counted, closed: counted }).describe('histories that could not be replayed as far as that'),
  oldest: z
    .object({ id: z.string(), startedAt: z.number().describe('ms since 1970'), open: z.boolean() })
    .nullable()
    .describe('of those that hold a marker or are on the old branch: the open one that started first, else the closed one'),
  verdict: z.enum(['delete', 'deprecate', 'keep', 'unknown']),
  rule: z.string(),
  reason: z.string(),
});

/** What `patches` answers. */
export const patchesSchema = z.object({
  schema: z.literal('crashwise/patches@1'),
  ms: z.number(),
  stoppedBy: z.enum(['end', 'interrupted']),
  histories: z.object({ open: counted, closed: counted, left: counted.describe('not read, or not of these workflows') }),
  patches: z.array(patch),
});

export type PatchReport = z.infer<typeof patch>;
export type PatchesResult = z.infer<typeof patchesSchema>;
