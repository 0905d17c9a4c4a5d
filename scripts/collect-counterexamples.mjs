// Finds counterexamples in scenarios and small flows, and saves those that are not there yet:
// `node scripts/collect-counterexamples.mjs [--most 50]`. What is saved stays: see replay-counterexamples.mjs.
import { readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { basename, dirname } from 'node:path';
import { parseArgs } from 'node:util';
import { loadScenario, simulate } from '../dist/simulator/index.js';

const { values } = parseArgs({ options: { most: { type: 'string', default: '50' } } });
const folder = 'test/simulator/counterexamples';
const flows = readdirSync(`${folder}/flows`).sort();
const scenarios = [
  ...readdirSync('scenarios').map((name) => `scenarios/${name}/scenario.ts`),
  ...flows.map((name) => `${folder}/flows/${name}`),
];
const searches = [
  {},
  { faults: ['timeout-after', 'late'], zombies: true },
  { faults: ['error', 'permanent-error', 'duplicate', 'reorder'] },
  { faults: ['store-error', 'conflict', 'edge', 'restore'], zombies: true },
];
const saved = readdirSync(folder).filter((name) => name.endsWith('.json'));
const known = new Set(saved.map((name) => keyOf(JSON.parse(readFileSync(`${folder}/${name}`, 'utf8')))));
let count = saved.length;

// Round after round, so that every flow has its share.
for (let seed = 1; seed <= 10 && count < Number(values.most); seed += 1) {
  for (const scenario of scenarios) {
    for (const search of searches) {
      const found = await simulate({
        scenarios: [await loadScenario(scenario)],
        ...search,
        maxRuns: 30,
        seed: `${seed}`,
      });
      for (const { property, schedule } of found.runs.flatMap(({ violations }) => violations)) {
        const example = { scenario, property, schedule, search };
        if (known.has(keyOf(example)) || count >= Number(values.most)) continue;
        known.add(keyOf(example));
        count += 1;
        const name = scenario.endsWith('/scenario.ts') ? basename(dirname(scenario)) : basename(scenario, '.ts');
        const file = `${folder}/${String(count).padStart(2, '0')}-${name}-${property}.json`;
        writeFileSync(file, `${JSON.stringify(example, null, 2)}\n`);
        console.log(`${file}: ${schedule}`);
      }
    }
  }
}

function keyOf({ scenario, property, schedule }) {
  return `${scenario} ${property} ${schedule}`;
}
