import { z } from 'zod';
import { unreadable } from './replay.js';

const counted = z.int().nonnegative();

const ways = z.object({ open: counted, closed: counted });
const markers = z.object({ patched: counted, deprecatePatch: counted });

const patch = z.object({
  id: z.string(),
  sites: z.array(z.object({ file: z.string(), line: z.int().positive(), call: z.enum(['patched', 'deprecatePatch']) })),
  seen: z
    .object({ open: markers, closed: markers })
    .describe('histories with its marker, by the call that recorded it'),
  absentThoughReached: ways.describe('histories that went past the call without a marker: they are on the old branch'),
  notReached: ways.describe('histories of its workflows that did not come to the call'),
  unclear: ways.describe('histories that could not be replayed, so that it is not known whether they come to the call'),
  oldest: z
    .object({ id: z.string(), startedAt: z.number().describe('ms since 1970'), open: z.boolean() })
    .nullable()
    .describe(
      'of those that hold a marker or are on the old branch: the open one that started first, else the closed one',
    ),
  verdict: z.enum(['delete', 'deprecate', 'keep', 'unknown']),
  rule: z.string().describe('in docs/guides/versions.md'),
  reason: z.string(),
});

/** What `patches` answers. */
export const patchesSchema = z.object({
  schema: z.literal('crashwise/patches@1'),
  ms: z.number(),
  stoppedBy: z.enum(['end', 'interrupted']),
  histories: z.object({ open: counted, closed: counted }),
  leftOut: counted.describe('histories of other workflows, engines or versions'),
  unreadable,
  patches: z.array(patch),
});

export type PatchReport = z.infer<typeof patch>;
export type PatchesResult = z.infer<typeof patchesSchema>;
