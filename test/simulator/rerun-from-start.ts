import type { World } from 'crashwise/simulator';
import { nextChoices, planOf, type Choice } from '../../src/simulator/choices.js';
import { brokenEffects } from '../../src/simulator/oracle/breach.js';
import { formatSchedule, type LifePlan } from '../../src/simulator/schedule.js';
import type { DurableState } from '../../src/simulator/state.js';
import { hasEnded, type Trace } from '../../src/simulator/trace.js';

/**
 * The keys of all states that crashes lead to, found without a snapshot: for each state all lives on the way are executed
 * again, from the start of the world, and the last one is really cut where it is to die. `worldOf` makes a world of its
 * own for each of these; `judge` lends its keys.
 */
export async function rerunFromStart(judge: World, worldOf: () => World): Promise<ReadonlySet<string>> {
  const spent = new Map<string, number>();
  const tried = new Set<string>();
  const open: (readonly LifePlan[])[] = [];

  async function come(path: readonly LifePlan[]): Promise<void> {
    const schedule = formatSchedule({ pattern: judge.pattern.name, lives: path });
    if (tried.has(schedule)) return; // The very same choices and crashes: not only the same state.
    tried.add(schedule);
    const state = await stateAfter(worldOf(), path);
    const key = judge.views.key(state);
    // With fewer faults spent, more can happen.
    if (state.spent < (spent.get(key) ?? Infinity)) {
      open.push(path);
      spent.set(key, state.spent);
    }
  }

  await come([]);
  for (let path = open.shift(); path; path = open.shift()) {
    if (brokenEffects(judge, await stateAfter(worldOf(), path)).length > 0) continue; // As in the exhaustive search.
    let prefix: readonly Choice[] | undefined = [];
    while (prefix) {
      const trace: Trace = await lifeAfter(worldOf(), path, prefix);
      if (!hasEnded(trace)) throw new Error(`A life ended in ${trace.end}.`);
      for (const [index, { point, state }] of trace.moments.entries()) {
        if (state === trace.moments[index - 1]?.state) continue;
        const choices = trace.choices.filter(({ at }) => at <= index);
        await come([...path, { ...planOf(choices), crash: point }]);
      }
      prefix = nextChoices(trace.choices);
    }
  }
  return new Set(spent.keys());
}

async function stateAfter(world: World, path: readonly LifePlan[]): Promise<DurableState> {
  let state = world.initial;
  for (const plan of path) {
    const trace = await world.life(state, plan, {
      until: ({ point: { site, occurrence, phase } }) =>
        site === plan.crash?.site && occurrence === plan.crash.occurrence && phase === plan.crash.phase,
    });
    if (trace.end !== 'stopped') throw new Error('A life did not come to its crash again.');
    state = trace.moments.at(-1)!.state;
  }
  return state;
}

async function lifeAfter(world: World, path: readonly LifePlan[], prefix: readonly Choice[]): Promise<Trace> {
  return world.life(await stateAfter(world, path), planOf(prefix));
}
