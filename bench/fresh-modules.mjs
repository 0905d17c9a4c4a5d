// What fresh modules cost: one evaluation of all files of a scenario, as a ratio to one life of it with shared modules.
// Run after `npm run build`: node bench/fresh-modules.mjs [scenario.ts]
import { fileURLToPath } from 'node:url';
import { loadScenario, World } from '../dist/simulator/index.js';
import { FreshScenario } from '../dist/simulator/fresh-scenario.js';

const ROUNDS = 9;
const TIMES = 300;
const NO_PLAN = { choices: [], faults: [] };
const path = process.argv[2] ?? fileURLToPath(new URL('../scenarios/signup/scenario.ts', import.meta.url));
const scenario = await loadScenario(path);
const fresh = FreshScenario.of(scenario);

/** Milliseconds of one call: the best round, as others may use the machine. */
async function timed(run) {
  const rounds = [];
  for (let round = 0; round < ROUNDS; round += 1) {
    const startedAt = performance.now();
    for (let time = 0; time < TIMES; time += 1) await run();
    rounds.push((performance.now() - startedAt) / TIMES);
  }
  return Math.min(...rounds);
}

for (const pattern of scenario.patterns) {
  const world = new World(scenario, pattern);
  const whole = new World(scenario, pattern, undefined, { fresh: () => fresh.pattern(pattern) });
  const evaluation = await timed(() => fresh.pattern(pattern));
  const life = await timed(() => world.life(world.initial, NO_PLAN));
  const both = await timed(() => whole.life(whole.initial, NO_PLAN));
  console.log(
    `${scenario.name} ${pattern.name}: life ${life.toFixed(3)} ms, evaluation ${evaluation.toFixed(3)} ms, ` +
      `ratio ${(evaluation / life).toFixed(2)}; life with fresh modules ${both.toFixed(3)} ms, ` +
      `ratio ${(both / life).toFixed(2)}`,
  );
}
