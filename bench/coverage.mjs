// What coverage of branches costs: runs of a 10-step workflow, each recorded and replayed at all its prefixes, with
// counters in its code, as a ratio to none. Run after `npm run build`: node bench/coverage.mjs
import { fileURLToPath } from 'node:url';
import { Coverage } from '../dist/determinism/branches/coverage.js';
import { play } from '../dist/determinism/play.js';
import { SOURCES } from '../dist/determinism/surroundings/sources.js';
import { installStandIns } from '../dist/determinism/surroundings/install.js';
import { Program } from '../dist/loader/program.js';

const FILE = fileURLToPath(new URL('coverage-steps.ts', import.meta.url));
const ROUNDS = 7;
const RUNS = 150;

installStandIns();

async function targetWith(coverage) {
  const program = await Program.of(FILE, [], coverage?.instrument);
  const fresh = async () => [(await program.evaluate()).steps];
  await fresh();
  return { workflow: 'steps', fresh, words: [], coverage };
}

let n = 0;
async function run(target) {
  const at = (n += 1);
  const draws = { pick: (key, count) => (at * 31 + key.length) % count, value: () => at % 100 };
  await play({ target, plan: {}, draws, perturbed: new Set(SOURCES) });
}

async function round(target) {
  const startedAt = performance.now();
  for (let time = 0; time < RUNS; time += 1) await run(target);
  return (performance.now() - startedAt) / RUNS;
}

// The two in turns, as others may use the machine; the best of each counts.
const [plain, counted] = [await targetWith(undefined), await targetWith(new Coverage())];
const best = { plain: Infinity, counted: Infinity };
for (let at = 0; at < ROUNDS; at += 1) {
  n = 0;
  best.plain = Math.min(best.plain, await round(plain));
  n = 0;
  best.counted = Math.min(best.counted, await round(counted));
}
const ratio = (best.counted / best.plain).toFixed(2);
console.log(
  `a run and its replays: ${best.plain.toFixed(3)} ms; with counters ${best.counted.toFixed(3)} ms, ratio ${ratio}`,
);
