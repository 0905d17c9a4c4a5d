// Replays one saved counterexample and prints its trace, one moment a line: where, what is told, and the state by its key
// and as a whole. Fails if its property is not broken.
import { readFileSync } from 'node:fs';
import { resolve } from 'node:path';
import { fileURLToPath } from 'node:url';
import { faultBudget } from '../dist/simulator/fault-budget.js';
import { FreshScenario } from '../dist/simulator/fresh-scenario.js';
import { loadScenario, World } from '../dist/simulator/index.js';
import { replaySchedule } from '../dist/simulator/replay-schedule.js';
import { parseSchedule } from '../dist/simulator/schedule.js';

const { scenario: file, property, schedule: text, search } = JSON.parse(readFileSync(process.argv[2], 'utf8'));
process.chdir(fileURLToPath(new URL('..', import.meta.url)));
const scenario = await loadScenario(resolve(file));
const schedule = parseSchedule(text);
const pattern = scenario.patterns.find(({ name }) => name === schedule.pattern);
const loaded = FreshScenario.of(scenario);
const world = new World(scenario, pattern, faultBudget(search), { fresh: () => loaded.pattern(pattern) });
const { lives, breaches } = await replaySchedule(world, schedule, property);
for (const [index, { moments }] of lives.entries()) {
  for (const { point, life, fault, text: told, location, state } of moments) {
    const { now, spent, fresh } = state;
    const where = `${point.site}#${point.occurrence}.${point.phase}`;
    const what = { where, life, fault, told, location, now, spent, fresh };
    console.log(JSON.stringify([index, what, world.views.key(state), world.views.whole(state)]));
  }
}
for (const { breach } of breaches) console.log(JSON.stringify(breach));
if (!breaches.some(({ breach }) => breach.property === property)) {
  console.error(`${text} does not break ${property}.`);
  process.exitCode = 1;
}
