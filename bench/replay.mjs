// Replays recorded histories of 50 events each, all in one file, and prints how fast that goes and what memory it takes on
// the way: 10,000 of them by default, each with its own ids and values. The file is made first, by the engine itself.
// `node bench/replay.mjs [histories] [pass|changed|fail]`
import { mkdtempSync, openSync, rmSync, statSync, writeSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { performance } from 'node:perf_hooks';
import { replay, toBundle } from '../dist/determinism/index.js';
import { activities, createRuntime, workflow } from '../dist/engine/index.js';

const STEPS = 24;
const [count = '10000', kind = 'pass'] = process.argv.slice(2);

const steps = (step, names = ['reserve', 'charge']) =>
  workflow('order', async ({ id, amount }) => {
    let sum = 0;
    for (let n = 0; n < STEPS; n += 1) sum += await step[names[n % 2]](id, { amount, line: n, sum });
    return { id, sum };
  });
const recorded = steps(activities({ startToCloseTimeoutMs: 10_000 }));
const today = {
  pass: recorded,
  changed: steps(activities({ startToCloseTimeoutMs: 30_000 })),
  fail: steps(activities({ startToCloseTimeoutMs: 10_000 }), ['charge', 'reserve']),
}[kind];

const folder = mkdtempSync(join(tmpdir(), 'crashwise-bench-'));
const file = join(folder, 'histories.jsonl');
try {
  await makeHistories();
  await replayAll();
} finally {
  rmSync(folder, { recursive: true });
}

async function makeHistories() {
  const runtime = createRuntime([recorded]);
  const descriptor = openSync(file, 'w');
  for (let n = 1; n <= Number(count); n += 1) {
    writeSync(descriptor, `${JSON.stringify(toBundle(await history(runtime, n)))}\n`);
  }
  const { size } = statSync(file);
  console.log(
    `${Number(count).toLocaleString('en')} histories of ${2 * STEPS + 2} events, ${(size / 2 ** 20).toFixed(0)} MB`,
  );
}

async function history(runtime, n) {
  const input = { id: `order-${n}`, amount: 10 + (n % 90) };
  const at = 1_760_000_000_000 + n;
  const events = [{ type: 'started', at, id: input.id, workflow: 'order', seed: `seed-${n}`, input }];
  const decide = runtime.follow();
  for (let given = 0; ;) {
    const { commands, done } = await decide(events.slice(given));
    events.push({ type: 'decided', at, commands });
    given = events.length;
    if (done) return events;
    events.push({ type: 'activity-completed', at, seq: commands[0].seq, result: commands[0].seq + (n % 7) });
  }
}

async function replayAll() {
  let seen = 0;
  const began = performance.now();
  const result = await replay({
    histories: [file],
    workflows: [today],
    onHistory: () => {
      if ((seen += 1) % Math.ceil(Number(count) / 5) === 0) {
        const { rss, heapUsed } = process.memoryUsage();
        const mb = (bytes) => `${(bytes / 2 ** 20).toFixed(0)} MB`.padStart(7);
        console.log(`  after ${String(seen).padStart(7)}   rss ${mb(rss)}   heap ${mb(heapUsed)}`);
      }
    },
  });
  const seconds = (performance.now() - began) / 1_000;
  const { counts, findings } = result;
  console.log(JSON.stringify(counts), `${findings.length} findings`);
  console.log(`${seconds.toFixed(1)} s   ${Math.round(seen / seconds).toLocaleString('en')} histories/s`);
}
