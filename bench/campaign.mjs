// How many of the seeded bugs under scenarios/bugs a random search finds, and how long it takes for all together:
// `node bench/campaign.mjs [--runs 200] [--seed 1]`. Each search ends with the first violation. Prints what was not found;
// with `--repaired`, what is said of their repaired twins, of which nothing may be said.
import { parseArgs } from 'node:util';
import { simulate } from '../dist/simulator/index.js';
import { seededBugs } from './seeded-bugs.mjs';

const { values } = parseArgs({
  options: {
    runs: { type: 'string', default: '200' },
    seed: { type: 'string', default: '1' },
    repaired: { type: 'boolean', default: false },
  },
});
const bugs = await seededBugs();
const startedAt = performance.now();
let found = 0;
for (const { family, id, breaks, buggy, repaired, search } of bugs) {
  const enough = new AbortController();
  const { runs } = await simulate({
    scenarios: [values.repaired ? repaired : buggy],
    ...search,
    maxRuns: Number(values.runs),
    seed: values.seed,
    signal: enough.signal,
    onProgress: ({ violations }) => violations > 0 && enough.abort(),
  });
  const [{ violations, stoppedBy }] = runs;
  if (violations.length > 0) found += 1;
  const told = violations.map(({ property, schedule }) => `${property} by ${schedule}`).join(', ');
  if (violations.length > 0 === values.repaired)
    console.log(`${family}/${id}: ${told || `not ${breaks}; ${stoppedBy}`}`);
}
const seconds = ((performance.now() - startedAt) / 1_000).toFixed(1);
console.log(
  `${found} of ${bugs.length} found, at most ${values.runs} runs each, seed ${values.seed}: ${seconds} s for all`,
);
