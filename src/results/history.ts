import { z } from 'zod';
import { event } from './engine.js';

/** A history that can be carried about: what `engine export` prints, and `replay` and `patches` read. */
export const historySchema = z.object({
  schema: z.literal('crashwise/history@1'),
  workflow: z.string().min(1),
  id: z.string().min(1).describe('of the execution; code may have put it into what it asked for'),
  runId: z.string().min(1).describe('of this run of it; the reference engine uses an id once, so that it is the id'),
  input: z.json().optional(),
  engine: z.object({ name: z.literal('reference'), version: z.string().min(1) }).describe('what recorded it'),
  codec: z.literal('json').describe('how values became text'),
  fingerprint: z.string().nullable().describe('of the code that recorded it; null: not known'),
  events: z.array(event).min(1),
});

export type HistoryBundle = z.infer<typeof historySchema>;
