import { extend, type Addition } from './additions.js';
import type { Budget, Progress } from './explore/closure.js';
import { FreshScenario } from './fresh-scenario.js';
import { search } from './search.js';
import { Unsteady } from './unsteady.js';
import { World } from './world.js';

/**
 * The smallest set of its pattern's additions with which a world is proved: by size, then by name. Undefined where that is
 * not known: no set is enough, or one that comes before was not decided within the budget.
 */
export async function needsOf(
  { scenario, pattern, budget: faults }: World,
  budget: Budget,
  onProgress: (names: readonly string[], progress: Progress) => void,
): Promise<readonly Addition[] | undefined> {
  const loaded = FreshScenario.of(scenario);
  for (const additions of bySize(pattern.additions ?? [])) {
    const names = additions.map(({ name }) => name);
    const extended = extend(scenario, pattern, names);
    const fresh = loaded && (async () => (await loaded.pattern(pattern)).extend!(names).pattern);
    const world = new World(extended, extended.patterns[0]!, faults, { fresh });
    const verdict = await untilBroken(world, budget, (progress) => onProgress(names, progress));
    if (verdict === 'proved') return additions;
    if (verdict === 'inconclusive') return undefined;
  }
  return undefined;
}

// The first violation decides.
async function untilBroken(world: World, budget: Budget, onProgress: (progress: Progress) => void): Promise<string> {
  let broken = false;
  const stopped = (): ReturnType<Budget['stopped']> => (broken ? 'interrupted' : budget.stopped());
  const onStep = (progress: Progress): void => {
    broken ||= progress.violations > 0;
    onProgress(progress);
  };
  return search(world, { ...budget, stopped }, onStep).then(
    ({ verdict }) => verdict,
    (error: unknown) => {
      if (error instanceof Unsteady) return 'inconclusive';
      throw error;
    },
  );
}

/** All sets but the empty one, smaller ones first, then in the order of their names. */
export function bySize(additions: readonly Addition[]): readonly (readonly Addition[])[] {
  const sorted = additions.toSorted((one, other) => (one.name < other.name ? -1 : 1));
  let sets: readonly (readonly Addition[])[] = [[]];
  const all: (readonly Addition[])[] = [];
  for (let size = 1; size <= sorted.length; size += 1) {
    sets = sets.flatMap((set) => sorted.slice(sorted.indexOf(set.at(-1)!) + 1).map((one) => [...set, one]));
    all.push(...sets);
  }
  return all;
}
