// Replays saved counterexamples, each several times and each time in a process of its own, and compares the whole traces:
// `node scripts/replay-counterexamples.mjs [--times 20] [--sample 50] [--from test/simulator/counterexamples]`. Prints a
// summary; fails if two traces differ, or if one does not break its property any more.
import { execFile } from 'node:child_process';
import { readdirSync } from 'node:fs';
import { availableParallelism } from 'node:os';
import { join, relative } from 'node:path';
import { fileURLToPath } from 'node:url';
import { parseArgs, promisify } from 'node:util';

const root = fileURLToPath(new URL('..', import.meta.url));
const { values } = parseArgs({
  options: {
    times: { type: 'string', default: '20' },
    sample: { type: 'string', default: 'Infinity' },
    from: { type: 'string', default: join(root, 'test/simulator/counterexamples') },
  },
});
const times = Number(values.times);
const all = readdirSync(values.from)
  .filter((name) => name.endsWith('.json'))
  .sort();
const stride = Math.max(1, Math.ceil(all.length / Number(values.sample)));
const files = all.filter((_, index) => index % stride === 0);
const replays = files.flatMap((file) => Array.from({ length: times }, () => join(values.from, file)));
const traces = new Map(files.map((file) => [join(values.from, file), []]));
const problems = [];
const run = promisify(execFile);
const child = join(root, 'scripts/replay-counterexample.mjs');

async function worker() {
  for (let file = replays.shift(); file; file = replays.shift()) {
    try {
      const { stdout } = await run(process.execPath, [child, file], { maxBuffer: 2 ** 28 });
      traces.get(file).push(stdout);
    } catch (error) {
      problems.push(`${relative(values.from, file)}: ${String(error.stderr || error.message).trim()}`);
    }
  }
}

const startedAt = Date.now();
await Promise.all(Array.from({ length: availableParallelism() }, worker));
let alike = 0;
let moments = 0;
for (const [file, found] of traces) {
  moments += found[0]?.split('\n').length ?? 0;
  const other = found.find((trace) => trace !== found[0]);
  if (other === undefined) alike += found.length;
  else problems.push(`${relative(values.from, file)}: two replays differ\n${firstDifference(found[0], other)}`);
}
for (const problem of problems) console.log(problem);
console.log(
  `${files.length} counterexamples, ${times} times each in fresh processes: ${alike} of ${files.length * times} traces ` +
    `are alike in all of their moments (${moments} in one replay of each), ${Math.round((Date.now() - startedAt) / 1_000)} s`,
);
if (files.length === 0) console.log('There are none: nothing was shown.');
process.exitCode = problems.length === 0 && files.length > 0 ? 0 : 1;

function firstDifference(one, other) {
  const [lines, others] = [one.split('\n'), other.split('\n')];
  const at = lines.findIndex((line, index) => line !== others[index]);
  return `  first  ${lines[at]}\n  then   ${others[at]}`;
}
