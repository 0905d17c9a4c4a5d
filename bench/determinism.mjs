// How many runs of a workflow of ten steps one process makes in a second, each recorded and replayed at all its prefixes.
// node bench/determinism.mjs [runs]
import { fuzz } from 'crashwise/determinism';
import { fileURLToPath } from 'node:url';

const maxRuns = Number(process.argv[2] ?? 3_000);
const files = [fileURLToPath(new URL('./determinism-flow.ts', import.meta.url))];
await fuzz({ files, maxRuns: 300 });
for (let n = 1; n <= 3; n += 1) {
  const began = performance.now();
  const { targets } = await fuzz({ files, maxRuns, budgetMs: 60_000, seed: String(n) });
  const seconds = (performance.now() - began) / 1_000;
  const [{ runs, prefixes, verdict }] = targets;
  console.log(
    `${runs} runs, ${prefixes} prefixes replayed, ${verdict}: ${Math.round(runs / seconds)} runs/s, ${Math.round(prefixes / seconds)} replays/s`,
  );
}
