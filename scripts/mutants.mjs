// Takes every safety measure away from every reference scenario, in each of its machineries, and prints what came of it.
// Ends with 1 where a mutant survived or was not decided, and where a measure is not killed in two scenarios at least.
// Which scenarios: their names, default all of them, which takes some minutes. `npm run test:mutants`
import { readdirSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { loadScenario, simulate } from '../dist/simulator/index.js';

const SCENARIOS = join(dirname(fileURLToPath(import.meta.url)), '..', 'scenarios');
const AT_LEAST = 2;

const asked = process.argv.slice(2);
const folders = readdirSync(SCENARIOS, { withFileTypes: true }).filter((entry) => entry.isDirectory());
const all = folders.map(({ name }) => name).filter((name) => name !== 'bugs');

/** A survivor that the scenario calls redundant is none. */
const statusOf = ({ status, redundant }) => (redundant === undefined ? status : 'to spare');

const runs = [];
for (const name of asked.length > 0 ? asked : all) {
  const scenario = await loadScenario(join(SCENARIOS, name, 'scenario.ts'));
  for (const { name: pattern } of scenario.patterns) {
    const startedAt = performance.now();
    const {
      runs: [run],
    } = await simulate({ scenarios: [scenario], patterns: [pattern], mutants: true });
    const seconds = ((performance.now() - startedAt) / 1_000).toFixed(1);
    runs.push(run);
    console.log(`${name}, ${pattern}: ${run.verdict}, ${seconds} s`);
    if (!run.mutants) continue; // Of what is violated, as expected, no mutation could be told to break it.
    for (const status of ['killed', 'survived', 'to spare', 'inconclusive', 'equivalent', 'inapplicable']) {
      const those = run.mutants.list.filter((mutant) => statusOf(mutant) === status);
      const said = those.map(({ operator, property, reason }) => {
        const what = property ?? (status === 'inconclusive' ? reason : undefined);
        return what ? `${operator} (${what})` : operator;
      });
      if (said.length > 0) console.log(`  ${status.padEnd(12)} ${said.join(', ')}`);
    }
  }
}

const mutants = runs.flatMap((run) => (run.mutants?.list ?? []).map((one) => ({ ...one, scenario: run.scenario })));
console.log('\nkilled in');
let few = 0;
for (const operator of new Set(mutants.map((one) => one.operator))) {
  const killed = mutants.filter((one) => one.operator === operator && one.status === 'killed');
  const scenarios = [...new Set(killed.map(({ scenario }) => scenario))];
  if (scenarios.length < AT_LEAST) few += 1;
  console.log(`  ${operator.padEnd(24)} ${String(scenarios.length).padStart(2)}  ${scenarios.join(', ')}`);
}
const open = mutants.filter((one) => ['survived', 'inconclusive'].includes(statusOf(one)));
console.log(
  `\n${mutants.length} mutants: ${open.length} survived or not decided, ${few} measures killed in fewer than two`,
);
const unexpected = runs.filter(({ verdict, expected }) => verdict !== expected);
for (const { scenario, pattern, verdict } of unexpected)
  console.log(`NOT expected: ${scenario}, ${pattern}: ${verdict}`);
process.exitCode = open.length + unexpected.length > 0 || (few > 0 && asked.length === 0) ? 1 : 0;
