// What the closure of n sequential steps costs, crashes only, beside a bare loop: the same lives, run by the same worker
// over the same store in memory, without boundaries, snapshots, keys and oracles; `ratio` is of these two. Between them,
// where the cost lies: the same lives through the boundaries, with nobody who looks at them. Prints; see CONTRIBUTING.md.
import { performance } from 'node:perf_hooks';
import { explore, World } from '../dist/simulator/index.js';
import { planOf } from '../dist/simulator/choices.js';
import { bareLives } from './bare-lives.mjs';
import { stepsScenario } from './steps-scenario.mjs';

const sizes = process.argv.slice(2).map(Number);
const budget = { maxStates: 1_000_000, stopped: () => undefined };

console.log('    n   states    lives      edges   closure  bounded    bare   ratio   states/s   lives/s');
for (const n of sizes.length > 0 ? sizes : [10, 100, 1_000]) {
  const rounds = n <= 10 ? 21 : n <= 100 ? 3 : 1;
  const ratios = [];
  let shown;
  for (let round = 0; round < rounds; round += 1) {
    const world = new World(...stepsScenario(n));
    const starts = [];
    const every = world.lives.bind(world);
    world.lives = async function* lives(state) {
      for await (const trace of every(state)) {
        starts.push({ state, plan: planOf(trace.choices) });
        yield trace;
      }
    };
    const closure = await timed(() => explore(world, budget));
    const { nodes, lives, edges, stoppedBy } = closure.value;
    if (stoppedBy !== 'closed') throw new Error(`not closed: ${stoppedBy}`);
    const unseen = new World(...stepsScenario(n));
    const bounded = await timed(async () => {
      for (const { state, plan } of starts) await unseen.life(state, plan);
    });
    const parts = starts.map(({ state }) => state.parts);
    const bare = await timed(() => bareLives(n, parts));
    ratios.push({ ratio: closure.ms / bare.ms, closure: closure.ms, bounded: bounded.ms, bare: bare.ms });
    shown = { states: nodes.length, lives, edges };
  }
  ratios.sort((a, b) => a.ratio - b.ratio);
  const { ratio, closure, bounded, bare } = ratios[ratios.length >> 1];
  const { states, lives, edges } = shown;
  const perSecond = (count) => Math.round((count / closure) * 1_000).toLocaleString('en');
  const row = [n, states, lives, edges.toLocaleString('en'), ms(closure), ms(bounded), ms(bare), ratio.toFixed(2)];
  const widths = [5, 8, 8, 10, 9, 8, 7, 7];
  const text = row.map((cell, i) => String(cell).padStart(widths[i])).join(' ');
  console.log(`${text} ${perSecond(states).padStart(10)} ${perSecond(lives).padStart(9)}   median of ${rounds}`);
}

async function timed(run) {
  const startedAt = performance.now();
  const value = await run();
  return { value, ms: performance.now() - startedAt };
}

function ms(value) {
  return value < 1_000 ? `${value.toFixed(0)} ms` : `${(value / 1_000).toFixed(1)} s`;
}
