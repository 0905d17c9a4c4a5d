// What it costs to let one other thing go wrong besides crashes: 10 steps in a row, each fault alone. A search that takes
// longer than a minute is stopped, and said to be. Prints; see CONTRIBUTING.md.
import { explore, World } from '../dist/simulator/index.js';
import { faultBudget } from '../dist/simulator/fault-budget.js';
import { stepsScenario } from './steps-scenario.mjs';

const MAX_MS = 60_000;
const names = process.argv.slice(2);
const all = ['error', 'permanent-error', 'timeout-after', 'duplicate', 'store-error', 'conflict', 'late', 'edge'];

console.log('fault              states    lives      edges      time');
for (const name of names.length > 0 ? names : all) {
  const world = new World(...stepsScenario(10), faultBudget({ faults: [name], maxFaults: 1 }));
  const startedAt = performance.now();
  const isLate = () => (performance.now() - startedAt > MAX_MS ? 'time' : undefined);
  const { nodes, lives, edges, stoppedBy } = await explore(world, { maxStates: 1_000_000, stopped: isLate });
  const time = `${((performance.now() - startedAt) / 1_000).toFixed(1)} s`;
  const row = [nodes.length, lives, edges].map((count, i) => count.toLocaleString('en').padStart([9, 9, 11][i]));
  console.log(`${name.padEnd(16)}${row.join('')}${time.padStart(10)}${stoppedBy === 'closed' ? '' : '   not closed'}`);
}
