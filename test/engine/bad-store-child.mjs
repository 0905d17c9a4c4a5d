// A worker process whose files may not grow past a limit: `bad-store-child.mjs <file>`, tests only. Prints each code that
// the worker reports, and what became of the execution; ends after the first report or with the execution.
import { activities, SqliteStore, Worker, workflow } from 'crashwise/engine';

const { grow } = activities();
const grows = workflow('grows', async () => {
  for (let n = 0; n < 8; n += 1) await grow(n);
});
const store = await SqliteStore.open(process.argv[2]);
const report = ({ code }) => {
  console.log(code);
  process.exit();
};
const grown = { grow: (n) => String(n).repeat(100_000) };
const worker = new Worker({ store, workflows: [grows], activities: grown, pollMs: 20, leaseMs: 500, report });
void worker.run();
while ((await store.get('a')).status !== 'completed') await new Promise((resolve) => setTimeout(resolve, 20));
await worker.stop();
await store.close();
console.log('completed');
