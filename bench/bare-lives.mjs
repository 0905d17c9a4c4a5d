import { MemoryStore, Client, Worker, workflow, activities } from '../dist/engine/index.js';
import { counter } from './steps-scenario.mjs';

/** Runs a life from each of these states. */
export async function bareLives(n, starts) {
  const { step } = activities();
  const steps = workflow('steps', async () => {
    for (let i = 1; i <= n; i += 1) await step(i);
  });
  for (const parts of starts) await bareLife(steps, parts);
}

async function bareLife(steps, parts) {
  const store = new MemoryStore(parts.store);
  let service = parts['service counter'];
  // Later than any lease, and it stands still: nothing is waited for.
  const clock = { now: () => 1e9, at: () => () => {} };
  const client = new Client({ store, clock });
  await client.start(steps, { id: 'run', input: undefined, onConflict: 'use-existing' });
  let ended;
  const end = new Promise((resolve) => {
    ended = resolve;
  });
  const step = async (i) => {
    const answer = counter.requests.step(service, i);
    service = answer.state;
    return answer.result;
  };
  const watched = new Proxy(store, {
    get: (target, name) => {
      if (name !== 'commit') return target[name].bind(target);
      return async (lease, commit) => {
        const done = await target.commit(lease, commit);
        if (commit.release) ended();
        return done;
      };
    },
  });
  const { status } = await store.get('run');
  if (status === 'completed') return;
  const worker = new Worker({ store: watched, workflows: [steps], activities: { step }, clock, pollMs: Infinity });
  const running = worker.run();
  await end;
  await worker.stop();
  await running;
}
