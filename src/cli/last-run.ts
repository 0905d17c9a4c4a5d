import { existsSync, readFileSync } from 'node:fs';
import { z } from 'zod';
import { judge, judgeMutants } from '../report/verdict.js';
import type { SimulationRun } from '../results/index.js';
import { cliError } from './errors.js';
import type { FoundScenario } from './find-scenarios.js';
import { shownPath } from '../loader/shown-path.js';
import { writeWhole } from './write-whole.js';

const FILE = '.crashwise/last-run.json';

const schema = z.object({
  schema: z.literal('crashwise/last-run@1'),
  scenarios: z.array(
    z.object({
      /** What finds it on the command line. */
      target: z.string(),
      file: z.string(),
      /** By pattern: whether its last run that was decided had findings. */
      patterns: z.record(z.string(), z.enum(['clean', 'finding'])),
    }),
  ),
});

type Scenarios = z.infer<typeof schema>['scenarios'];

/** The scenarios with findings. Throws `usage` where nothing was run yet, and `last-run-unreadable`. */
export function lastFailed(): { readonly target: string; readonly file: string }[] {
  if (!existsSync(FILE)) {
    const hint = 'Run once without --last-failed.';
    throw cliError('usage', `There is no ${FILE} here: no scenario was run in this directory yet.`, { hint });
  }
  return read().filter(({ file, patterns }) => existsSync(file) && Object.values(patterns).includes('finding'));
}

/**
 * Keeps what became of these runs, beside what is known of others. A run that was not decided changes nothing: what was
 * found before may still be there. Nobody asked for the file, so one that cannot be read or written is only talked of.
 */
export function recordLastRun(
  runs: readonly { readonly run: SimulationRun; readonly found: FoundScenario }[],
  talk: (text: string) => void,
): void {
  const known = new Map(earlier(talk).map((one) => [one.file, one]));
  for (const { run, found } of runs) {
    const file = shownPath(found.file);
    const judged = judgeMutants(run) === 'finding' ? 'finding' : judge(run);
    if (judged === 'open') continue;
    const patterns = { ...known.get(file)?.patterns, [run.pattern]: judged };
    known.set(file, { target: found.target, file, patterns });
  }
  const scenarios = [...known.values()].filter(({ file }) => existsSync(file));
  scenarios.sort((one, two) => (one.file < two.file ? -1 : 1));
  try {
    writeWhole(FILE, `${JSON.stringify({ schema: 'crashwise/last-run@1', scenarios }, null, 2)}\n`);
  } catch (error) {
    talk(`What failed is not kept for --last-failed: ${error instanceof Error ? error.message : String(error)}\n`);
  }
}

function earlier(talk: (text: string) => void): Scenarios {
  if (!existsSync(FILE)) return [];
  try {
    return read();
  } catch (error) {
    talk(`${error instanceof Error ? error.message : String(error)} It is written anew.\n`);
    return [];
  }
}

function read(): Scenarios {
  try {
    return schema.parse(JSON.parse(readFileSync(FILE, 'utf8'))).scenarios;
  } catch (error) {
    const why = error instanceof z.ZodError ? z.prettifyError(error) : String(error);
    throw cliError('last-run-unreadable', `${FILE} does not hold what crashwise has written.\n${why}`, {
      cause: error,
    });
  }
}
