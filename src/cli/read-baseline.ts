import { existsSync, readFileSync } from 'node:fs';
import { z } from 'zod';
import type { KnownDivergence } from '../results/index.js';
import { cliError } from './errors.js';

// Of what `fuzz` finds only what tells one finding from another, so that the rest may be cut away by hand.
const schema = z.object({
  schema: z.literal('crashwise/determinism@1'),
  targets: z.array(
    z.object({
      workflow: z.string(),
      file: z.string(),
      divergences: z.array(z.object({ signature: z.string() })),
    }),
  ),
});

/** The findings of an earlier result of `fuzz`, in JSON. Throws `usage` for a file that is missing, or is no such result. */
export function readBaseline(file: string): readonly KnownDivergence[] {
  const hint = `Write it with the same command and --reporter json=${file} in place of --baseline; look at what it accepts.`;
  if (!existsSync(file)) throw cliError('usage', `There is no baseline ${file}.`, { hint });
  try {
    return schema
      .parse(JSON.parse(readFileSync(file, 'utf8')))
      .targets.flatMap(({ workflow, file: module, divergences }) =>
        divergences.map(({ signature }) => ({ workflow, file: module, signature })),
      );
  } catch (error) {
    const why = error instanceof z.ZodError ? z.prettifyError(error) : String(error);
    throw cliError('usage', `${file} is no result of crashwise fuzz.\n${why}`, { cause: error, hint });
  }
}
