// A worker process of the storm: `worker.mjs <directory> <id> <leaseMs> fenced|unfenced`, tests only. It may be stopped
// and killed at any moment; SIGTERM ends it in good order.
//
// unfenced: with a store that appends whoever comes and whatever came before, to show that the checks see it.
import { appendFileSync } from 'node:fs';
import { join } from 'node:path';
import { setTimeout as pause } from 'node:timers/promises';
import { activityInfo, SqliteStore, Worker } from 'crashwise/engine';
import { order } from '../../.test-build/test/two-workers/flow.js';

const [directory, id, leaseMs, fencing] = process.argv.slice(2);
const report = ({ code, message }) => writeLine('reports', { worker: id, code, message });
let effects = 0;
const store = await open();
const worker = new Worker({
  store: fencing === 'unfenced' ? unfenced(store) : store,
  workflows: [order],
  activities: { reserve: act, pack: act, charge: act, ship: act, notify: act, inspect: act },
  id,
  leaseMs: Number(leaseMs),
  pollMs: 10,
  concurrency: 8,
  report,
});
process.on('SIGTERM', () => void worker.stop());
await worker.run();
await store.close();

async function open() {
  for (;;) {
    try {
      return await SqliteStore.open(join(directory, 'engine.db'));
    } catch (error) {
      // A worker that was stopped in the middle of a write keeps the file locked until it goes on.
      if (error.code !== 'store-busy') throw error;
      report(error);
    }
  }
}

/** Its effect in the outside world is a line in the ledger. It returns, or fails with, the name of that line. */
async function act(call, how) {
  const { executionId: execution, idempotencyKey: key, attempt } = activityInfo();
  const began = Date.now();
  await pause(Math.random() * 40);
  effects += 1;
  const nonce = `${id}#${effects}`;
  writeLine('ledger', { execution, call, key, attempt, worker: id, nonce, began, at: Date.now() });
  await pause(Math.random() * 15);
  if (how === 'doomed' || (how === 'flaky' && attempt < 3)) throw new Error(nonce);
  return { call, nonce };
}

// So short a write is whole or not there at all, whoever else appends and whoever is killed.
function writeLine(file, line) {
  appendFileSync(join(directory, file), `${JSON.stringify(line)}\n`);
}

/**
 * A store that knows no tokens and no lengths: it shows each worker its own token and nothing new, and appends whatever
 * comes. Either check alone would keep a result from being recorded twice.
 */
function unfenced(fenced) {
  const tokens = new Map();
  const latest = async ({ id: execution }) => ({ id: execution, token: (await fenced.get(execution)).leaseToken });
  const broken = {
    async claim(request) {
      const leases = await fenced.claim(request);
      for (const lease of leases) tokens.set(lease.id, lease.token);
      return leases;
    },
    async get(execution) {
      const row = await fenced.get(execution);
      return row && { ...row, leaseToken: tokens.get(execution) ?? row.leaseToken, length: 0 };
    },
    async commit(lease, commit) {
      const { length: expectedLength } = await fenced.get(lease.id);
      return fenced.commit(await latest(lease), { ...commit, expectedLength });
    },
    renew: async (lease, until) => fenced.renew(await latest(lease), until),
  };
  return new Proxy(fenced, { get: (target, name) => broken[name] ?? target[name].bind(target) });
}
