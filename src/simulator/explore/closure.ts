import type { LifePlan, Schedule } from '../schedule.js';
import type { DurableState } from '../state.js';
import { mustAgree } from '../steadiness.js';
import type { World } from '../world.js';
import { seededRandom } from '../../engine/random.js';
import { effectsIn } from '../ledger.js';
import { Future } from '../oracle/future.js';
import { brokenEffects, missedGoal, repeatedEffects, type Breach } from '../oracle/breach.js';

/** A durable state that some sequence of crashes leads to. */
export interface Node {
  readonly key: string;
  readonly state: DurableState;
  /** The lives that led here, each cut by a crash: as few as there can be. */
  readonly lives: readonly LifePlan[];
}

/** A broken property, with a shortest schedule that breaks it. */
export interface Violation extends Breach {
  readonly crashes: number;
  readonly schedule: Schedule;
}

/** Two states that the key takes for one: what the check of the projections runs. */
export interface MergedPair {
  readonly kept: DurableState;
  readonly merged: DurableState;
}

export interface Exploration {
  readonly nodes: readonly Node[];
  readonly lives: number;
  readonly edges: number;
  /** `site.phase` of every crash that was taken. */
  readonly points: ReadonlySet<string>;
  readonly sites: ReadonlySet<string>;
  /** `effect done` and `effect refused` of all that ever happened. */
  readonly happened: ReadonlySet<string>;
  /** Effects that may happen twice and did, with the shortest schedule that does it. */
  readonly twice: ReadonlyMap<string, { readonly crashes: number; readonly schedule: Schedule }>;
  readonly violations: readonly Violation[];
  /** Pairs of unlike states that the key takes for one: how many there were, and at most 10,000 of them. */
  readonly pairs: number;
  readonly merged: readonly MergedPair[];
  /** The states in which lives came to rest, one of each key. */
  readonly rests: readonly DurableState[];
  /** What follows from each state that was expanded; see `future.ts`. */
  readonly futures: ReadonlyMap<DurableState, string>;
  /** `closed`: every state that crashes can lead to was expanded. Anything else proves nothing. */
  readonly stoppedBy: 'closed' | 'states' | 'time' | 'interrupted' | 'endless-life' | 'outside-work';
  readonly frontier: number;
  /** Crashes on the way to the deepest state. */
  readonly depth: number;
}

export interface Budget {
  readonly maxStates: number;
  /** Asked between lives: why the search is to end now, or undefined. */
  readonly stopped: () => 'time' | 'interrupted' | undefined;
}

const MAX_PAIRS = 10_000;

/**
 * Explores to closure, breadth first over durable states, so that the first breach of a property has the fewest
 * crashes. From each state every life is run to its rest; each moment of it is a crash. Closed means: no sequence of
 * crashes, however long, leads anywhere else. A state in which an effect was done too often is not cut further: no
 * crash makes that good again. After the record-once, crash-everywhere idea of CrashMonkey (OSDI 2018).
 */
export async function explore(
  world: World,
  budget: Budget,
  progress?: (states: number, open: number) => void,
): Promise<Exploration> {
  const nodes: Node[] = [];
  const known = new Map<string, { node: Node; texts: Set<string> }>();
  const violations = new Map<string, Violation>();
  const points = new Set<string>();
  const sites = new Set<string>();
  const happened = new Set<string>();
  const twice = new Map<string, { crashes: number; schedule: Schedule }>();
  const merged: MergedPair[] = [];
  const draw = seededRandom('merged pairs');
  const futures = new Map<DurableState, string>();
  const rests = new Map<string, DurableState>();
  let [lives, edges, expanded, pairs] = [0, 0, 0, 0];

  function reach(state: DurableState, path: readonly LifePlan[]): void {
    const key = world.views.key(state);
    const text = world.views.whole(state);
    const before = known.get(key);
    if (!before) {
      const node = { key, state, lives: path };
      nodes.push(node);
      known.set(key, { node, texts: new Set([text]) });
    } else if (!before.texts.has(text)) {
      before.texts.add(text);
      pairs += 1;
      // Past the limit, every pair has the same chance to be among those that are run.
      const slot = merged.length < MAX_PAIRS ? merged.length : Math.floor(draw() * pairs);
      if (slot < MAX_PAIRS) merged[slot] = { kept: before.node.state, merged: state };
    }
  }

  function found(breaches: readonly Breach[], path: readonly LifePlan[], choices: readonly number[]): void {
    for (const breach of breaches) {
      if (violations.has(breach.property)) continue;
      const schedule = { pattern: world.pattern.name, lives: [...path, { choices }] };
      violations.set(breach.property, { ...breach, crashes: path.length, schedule });
    }
  }

  const result = (stoppedBy: Exploration['stoppedBy']): Exploration => ({
    nodes,
    lives,
    edges,
    points,
    sites,
    happened,
    twice,
    violations: [...violations.values()],
    pairs,
    merged,
    rests: [...rests.values()],
    futures,
    stoppedBy,
    frontier: nodes.length - expanded,
    depth: nodes.at(-1)?.lives.length ?? 0,
  });

  await mustBeSteady(world);
  reach(world.initial, []);
  for (const node of nodes) {
    if (nodes.length > budget.maxStates) return result('states');
    const future = new Future(world);
    const beyondRepair = brokenEffects(world, node.state).length > 0;
    for await (const trace of world.lives(node.state)) {
      const stopped = budget.stopped();
      if (stopped) return result(stopped);
      lives += 1;
      // One state may have very many lives: the budget is looked at between them.
      if (nodes.length > budget.maxStates) return result('states');
      const taken = trace.choices.map((choice) => choice.taken);
      const goesOn = !beyondRepair && trace.end === 'rest';
      let last: DurableState | undefined;
      for (const [index, { point, state }] of trace.moments.entries()) {
        edges += 1;
        points.add(`${point.site}.${point.phase}`);
        sites.add(point.site);
        if (state === last) continue; // Nothing has changed since the moment before.
        last = state;
        // Those made before: what comes after a crash or a breach is of no interest.
        const choices = taken.slice(0, trace.choices.filter(({ at }) => at <= index).length);
        found(brokenEffects(world, state), node.lives, choices);
        if (goesOn) reach(state, [...node.lives, { choices, crash: point }]);
      }
      if (trace.end !== 'rest') return result(trace.end === 'endless' ? 'endless-life' : 'outside-work');
      future.add(trace);
      rests.set(world.views.key(trace.rest), trace.rest);
      found(missedGoal(world, trace.rest), node.lives, taken);
      const { done, refused } = world.ledger(trace.rest);
      for (const effect of effectsIn(done, 1)) happened.add(`${effect} done`);
      for (const effect of effectsIn(refused, 1)) happened.add(`${effect} refused`);
      for (const effect of repeatedEffects(world, trace.rest)) {
        const schedule = { pattern: world.pattern.name, lives: [...node.lives, { choices: taken }] };
        if (!twice.has(effect)) twice.set(effect, { crashes: node.lives.length, schedule });
      }
    }
    futures.set(node.state, future.text());
    expanded += 1;
    progress?.(nodes.length, nodes.length - expanded);
  }
  return result('closed');
}

/** Runs the first life twice: what the code keeps in module variables, or draws at random, shows as a difference. */
async function mustBeSteady(world: World): Promise<void> {
  // What Node makes for them on their first use would count as work of the life that prints first.
  void [process.stdout, process.stderr];
  const one = await world.life(world.initial, []);
  mustAgree(one, await world.life(world.initial, []), 0);
}
