// What a full mutant run of a flow of 10 steps in a row costs: each safety measure taken away, one at a time. Each step has
// a key of the engine, and the service a memory of keys. Prints seconds; see CONTRIBUTING.md.
import { performance } from 'node:perf_hooks';
import { activities, activityInfo, workflow } from '../dist/engine/index.js';
import { defineService, durable, runMutants } from '../dist/simulator/index.js';
import { stepsScenario } from './steps-scenario.mjs';

const n = Number(process.argv[2] ?? 10);
const budget = { maxStates: 1_000_000, stopped: () => undefined };

const ledger = defineService({
  initial: { last: 0, keys: [] },
  requests: {
    step({ last, keys }, i, key) {
      const state = { last, keys };
      if (keys.includes(key)) return { state, result: i, effect: 'refused', text: `the service has done step ${i}` };
      const done = { last: Math.max(i, last), keys: [...keys, key] };
      return { state: done, result: i, effect: 'done', text: `the service does step ${i}` };
    },
  },
});

const { step } = activities();
const steps = workflow('steps', async () => {
  for (let i = 1; i <= n; i += 1) await step(i);
});
const pattern = durable({
  workflow: steps,
  activities: ({ counter }) => ({ step: (i) => counter.step(i, activityInfo().idempotencyKey) }),
  start: { id: 'run', input: undefined },
});
const [plain] = stepsScenario(n);
const scenario = { ...plain, services: { counter: ledger }, patterns: [pattern] };

const startedAt = performance.now();
let before = startedAt;
const times = [];
const { list } = await runMutants(scenario, pattern, {
  budget,
  onOperator: () => {
    times.push(performance.now() - before);
    before = performance.now();
  },
});
const seconds = (performance.now() - startedAt) / 1_000;
times.push(performance.now() - before);
for (const [index, { operator, status, property }] of list.entries()) {
  console.log(
    [operator.padEnd(24), status.padEnd(13), (property ?? '').padEnd(6), `${times[index + 1].toFixed(0)} ms`].join(' '),
  );
}
console.log(`\n${n} steps, ${list.length} mutants: ${seconds.toFixed(1)} s`);
