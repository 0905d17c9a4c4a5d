// What each oracle finds alone: `node bench/oracles.mjs [part of a name]`. For each scenario and pattern that is expected
// to break something, and for each seeded bug under scenarios/bugs, the same exhaustive search is judged by one oracle at
// a time. Prints a table: `x` found, `.` not found, `?` neither found nor closed within the limits.
import { existsSync, readdirSync } from 'node:fs';
import { loadModule } from '../dist/loader/load-module.js';
import { faultBudget } from '../dist/simulator/fault-budget.js';
import { explore, World } from '../dist/simulator/index.js';
import { ORACLES } from '../dist/simulator/oracle/oracles.js';
import { seededBugs } from './seeded-bugs.mjs';

const [only = ''] = process.argv.slice(2);
const MAX_STATES = 20_000;
const MAX_SECONDS = 20;

const seeded = (await seededBugs()).map(({ family, id, buggy, search }) => ({
  name: `${family}/${id}`,
  scenario: buggy,
  pattern: buggy.patterns[0],
  search,
}));
const subjects = [...(await referenceScenarios()), ...seeded].filter(({ name }) => name.includes(only));
const width = Math.max(...subjects.map(({ name }) => name.length), 30);
console.log(`${''.padEnd(width)}  ${ORACLES.join('  ')}`);
const found = new Map();
for (const { name, scenario, pattern, search } of subjects) {
  const signs = [];
  for (const oracle of ORACLES) signs.push(await signOf(scenario, pattern, search, oracle));
  found.set(name, signs);
  console.log(`${name.padEnd(width)}  ${signs.map((sign, index) => sign.padEnd(ORACLES[index].length)).join('  ')}`);
}
const rows = [...found.values()];
const count = (holds) => rows.filter(holds).length;
console.log(`\n${'found by'.padEnd(width)}  alone   with those above`);
for (const [index, oracle] of ORACLES.entries()) {
  const alone = count((signs) => signs[index] === 'x');
  const together = count((signs) => signs.slice(0, index + 1).includes('x'));
  console.log(
    `${oracle.padEnd(width)}  ${String(alone).padStart(5)}   ${String(together).padStart(5)} of ${rows.length}`,
  );
}

async function signOf(scenario, pattern, search, oracle) {
  const until = Date.now() + MAX_SECONDS * 1_000;
  const world = new World(scenario, pattern, faultBudget(search), { oracles: [oracle] });
  const stopped = () => (Date.now() > until ? 'time' : undefined);
  const { violations, stoppedBy } = await explore(world, { maxStates: MAX_STATES, stopped });
  return violations.length > 0 ? 'x' : stoppedBy === 'closed' ? '.' : '?';
}

async function referenceScenarios() {
  const files = readdirSync('scenarios').map((name) => `scenarios/${name}/scenario.ts`);
  const loaded = [];
  for (const file of files.filter((one) => existsSync(one))) loaded.push(await loadModule(file));
  return loaded.flatMap(({ default: scenario }) =>
    scenario.patterns
      .filter(({ name }) => scenario.expected?.[name])
      .map((pattern) => ({ name: `${scenario.name}, ${pattern.name}`, scenario, pattern, search: {} })),
  );
}
