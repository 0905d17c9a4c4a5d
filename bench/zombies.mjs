// Two workers over one flow: the first stands still at each of its calls, the second takes over, the first wakes at each
// moment after that, and their calls come in every order. Prints how many runs that takes, with the reductions and
// without them (counted up to ten times as many), and how long.
import { performance } from 'node:perf_hooks';
import { World } from '../dist/simulator/index.js';
import { faultBudget } from '../dist/simulator/fault-budget.js';
import { brokenEffects, missedBy } from '../dist/simulator/oracle/breach.js';
import { hasEnded } from '../dist/simulator/trace.js';
import { stepsScenario } from './steps-scenario.mjs';

const sizes = process.argv.slice(2).map(Number);

for (const n of sizes.length > 0 ? sizes : [1, 2, 5]) {
  const reduced = await product(n, true, Infinity);
  const every = await product(n, false, reduced.runs * 10);
  const count = `${every.ended ? '' : 'more than '}${every.runs.toLocaleString('en')}`;
  console.log(
    `${n} steps, two workers: ${reduced.runs.toLocaleString('en')} runs, ${reduced.states} states, ${reduced.breaches} breaches, ` +
      `${(reduced.ms / 1_000).toFixed(1)} s; every order: ${count} runs (${(every.runs / reduced.runs).toFixed(1)} times as many), ` +
      `${every.breaches} breaches`,
  );
}

async function product(n, reduces, most) {
  const [scenario, pattern] = stepsScenario(n);
  const world = new World(scenario, pattern, faultBudget({ zombies: true, maxFaults: 1 }), { reduces });
  const startedAt = performance.now();
  const states = new Set();
  let [runs, breaches] = [0, 0];
  for await (const trace of world.lives(world.initial)) {
    runs += 1;
    for (const { state } of trace.moments) {
      states.add(world.views.key(state));
      breaches += brokenEffects(world, state).length;
    }
    if (hasEnded(trace)) breaches += missedBy(world, trace).length;
    if (runs >= most) return { runs, breaches, states: states.size, ms: performance.now() - startedAt, ended: false };
  }
  return { runs, breaches, states: states.size, ms: performance.now() - startedAt, ended: true };
}
