import { createHash } from 'node:crypto';
import { z } from 'zod';
import type { Drawn } from './drawn.js';
import type { Found } from './search-target.js';

/** A run that differed, as it is kept beside the code: what was drawn for it, by name, and what it came to. */
export const counterexampleSchema = z.object({
  schema: z.literal('crashwise/counterexample@1'),
  workflow: z.string(),
  signature: z.string(),
  seed: z.string(),
  path: z.string(),
  drawn: z.record(z.string(), z.unknown()),
  /** What undefined was drawn for: it has no place in JSON. */
  nothing: z.array(z.string()).default([]),
  /** For people: the history that a replay differed from. */
  history: z.array(z.looseObject({ type: z.string() })),
});

export type Counterexample = z.infer<typeof counterexampleSchema>;

export function counterexampleOf(
  found: Found,
  about: Pick<Counterexample, 'workflow' | 'signature' | 'seed'>,
): Counterexample {
  const { drawn, played } = found.blamed;
  return {
    schema: 'crashwise/counterexample@1',
    ...about,
    path: found.path,
    drawn: Object.fromEntries([...drawn].filter(([, value]) => value !== undefined)),
    nothing: [...drawn].flatMap(([name, value]) => (value === undefined ? [name] : [])),
    history: played.recording.history as never,
  };
}

/** A name that is the same for one cause. */
export function counterexampleName({ workflow, signature }: Counterexample): string {
  const hash = createHash('sha256').update(signature).digest('hex').slice(0, 8);
  return `${workflow.replaceAll(/[^\w.-]+/g, '-')}-${hash}.json`;
}

export function drawnOf({ drawn, nothing }: Counterexample): Drawn {
  return new Map([...Object.entries(drawn), ...nothing.map((name) => [name, undefined] as const)]);
}
