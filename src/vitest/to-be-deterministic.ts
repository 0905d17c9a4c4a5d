import { globPattern } from '../cli/glob-pattern.js';
import { engineError } from '../engine/errors.js';
import type { DeterminismTarget } from '../results/index.js';
import type { DeterminismOptions } from './determinism-matchers.js';
import { searchedText } from './determinism-text.js';
import { fileIn } from './file-in.js';
import { undecided, type Call, type Outcome } from './outcome.js';

/** The matcher of that name; `call` is what vitest calls it with. */
export async function toBeDeterministic(
  call: Call,
  received: unknown,
  { only, ...options }: DeterminismOptions = {},
): Promise<Outcome> {
  const file = fileIn(received);
  const globs = only === undefined ? undefined : [only].flat();
  const patterns = globs?.map(globPattern);
  const isMeant = (workflow: string): boolean => !patterns || patterns.some((pattern) => pattern.test(workflow));
  // Loaded here: whoever tests for crashes needs none of it.
  const { fuzz } = await import('../determinism/fuzz.js');
  const { targets } = await fuzz({ ...options, files: [file], only: isMeant });
  if (targets.length === 0) {
    throw engineError('invalid-argument', `No workflow of ${file} fits ${globs?.join(', ') || 'an empty list'}.`);
  }
  const of = (verdict: DeterminismTarget['verdict']): boolean => targets.some((target) => target.verdict === verdict);
  if (of('divergent')) return { pass: false, message: () => searchedText('It is not deterministic', targets) };
  if (of('inconclusive')) {
    return undecided(call, () =>
      searchedText('Whether it is deterministic was not decided, which is no pass', targets),
    );
  }
  return { pass: true, message: () => searchedText('No replay differs', targets) };
}
