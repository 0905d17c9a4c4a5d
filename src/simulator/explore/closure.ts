import type { Fault } from '../fault.js';
import { hasEnded, type Trace } from '../trace.js';
import { planOf } from '../choices.js';
import { brokenEffects } from '../oracle/breach.js';
import { Future } from '../oracle/future.js';
import { Refinement } from '../oracle/refinement.js';
import type { DurableState } from '../state.js';
import { mustAgree } from '../steadiness.js';
import type { World } from '../world.js';
import { CrashCoverage, type Covering } from './crash-coverage.js';
import { Findings, type Shortest, type Violation } from './findings.js';
import { Graph, type MergedPair, type Node } from './graph.js';
import { firstLife } from './first-life.js';

export interface Exploration {
  readonly nodes: readonly Node[];
  readonly lives: number;
  readonly edges: number;
  readonly covering: Covering;
  /** `site.phase` of every crash that was taken. */
  readonly points: ReadonlySet<string>;
  readonly sites: ReadonlySet<string>;
  /** Other faults that some call could suffer, and did in some run. */
  readonly faults: ReadonlySet<Fault>;
  /** `effect done` and `effect refused` of all that ever happened. */
  readonly happened: ReadonlySet<string>;
  /** Names of what the scenario wants to see sometimes, and was seen. */
  readonly seen: ReadonlySet<string>;
  /** Effects that may happen twice and did, with the shortest schedule that does it. */
  readonly twice: ReadonlyMap<string, Shortest>;
  readonly violations: readonly Violation[];
  readonly pairs: number;
  readonly merged: readonly MergedPair[];
  /** The states in which lives came to rest, one of each key. */
  readonly rests: readonly DurableState[];
  /** What follows from each state that was expanded; see `future.ts`. */
  readonly futures: ReadonlyMap<DurableState, string>;
  /** `closed`: every state that crashes can lead to was expanded. Anything else proves nothing. */
  readonly stoppedBy: 'closed' | 'states' | 'time' | 'interrupted' | 'endless-life' | 'outside-work';
  /** The first life, as it goes without any choice. */
  readonly first: Trace;
  readonly frontier: number;
  /** Crashes on the way to the deepest state. */
  readonly depth: number;
}

export interface Budget {
  readonly maxStates: number;
  /** Asked between lives: why the search is to end now, or undefined. */
  readonly stopped: () => 'time' | 'interrupted' | undefined;
  /** Which states are run at all. Default: each one. */
  readonly follows?: (node: Node) => boolean;
  /** Asked between lives: whether what is broken so far is all that is wanted; then the search is `interrupted`. */
  readonly enough?: (violations: readonly Violation[]) => boolean;
}

/** How far a search has come. */
export interface Progress {
  readonly states: number;
  readonly open: number;
  readonly violations: number;
  /** Of a random search, which knows of no open states. */
  readonly runs?: number;
}

/**
 * Explores to closure: from each durable state every life is run to its rest, and each moment of it is a crash. States
 * come in the order of the other faults that led there, then of the crashes, so that the schedule of a violation has the
 * fewest. Closed means: no sequence of crashes, however long, with no more other faults than allowed, leads anywhere
 * else. A state in which an effect was done too often is not cut further: no crash makes that good again. After the
 * record-once, crash-everywhere idea of CrashMonkey (OSDI 2018).
 */
export async function explore(
  world: World,
  budget: Budget,
  onProgress?: (progress: Progress) => void,
): Promise<Exploration> {
  const graph = new Graph(world.views);
  const findings = new Findings(world, new Refinement(world));
  const coverage = new CrashCoverage();
  const faults = new Set<Fault>();
  const rests = new Map<string, DurableState>();
  const futures = new Map<DurableState, string>();
  const first = await firstLife(world);
  let lives = 0;

  function pass(trace: Trace, { index: from, lives: path }: Node, goesOn: boolean): void {
    let last: DurableState | undefined;
    let to: number | undefined;
    // By index: there are very many, and pairs of entries are objects.
    for (let index = 0; index < trace.moments.length; index += 1) {
      const moment = trace.moments[index]!;
      const { site, phase, state } = moment;
      // Else nothing has changed since the moment before.
      if (state !== last) {
        last = state;
        // Those made before: what comes after a crash or a breach is of no interest.
        const choices = () => trace.choices.filter(({ at }) => at <= index);
        findings.pass(state, path, choices);
        if (goesOn) to = graph.reach(state, () => [...path, { ...planOf(choices()), crash: moment.point }]);
      }
      coverage.add(from, site, phase, to);
    }
  }

  const result = (stoppedBy: Exploration['stoppedBy']): Exploration => ({
    nodes: graph.nodes,
    lives,
    edges: coverage.crashes,
    covering: coverage.covering(stoppedBy === 'closed'),
    points: coverage.points,
    sites: coverage.sites,
    faults,
    happened: findings.happened,
    seen: findings.seen,
    twice: findings.twice,
    violations: findings.violations,
    pairs: graph.pairs,
    merged: graph.merged,
    rests: [...rests.values()],
    futures,
    stoppedBy,
    first,
    frontier: graph.frontier,
    depth: graph.depth,
  });

  graph.reach(world.initial, () => []);
  for (let node = graph.next(); node; node = graph.next()) {
    if (graph.size > budget.maxStates) return result('states');
    if (budget.follows?.(node) === false) continue;
    coverage.run(node.index);
    const future = new Future(world);
    const beyondRepair = brokenEffects(world, node.state).length > 0;
    for await (const trace of world.lives(node.state)) {
      const stopped = budget.stopped();
      if (stopped) return result(stopped);
      lives += 1;
      // One state may have very many lives: the budget is looked at between them.
      if (graph.size > budget.maxStates) return result('states');
      if (lives === 1) mustAgree(first, trace, 0);
      const { end, rest } = trace;
      pass(trace, node, !beyondRepair && (hasEnded(trace) || end === 'merged'));
      if (end === 'endless' || end === 'outside') return result(end === 'endless' ? 'endless-life' : 'outside-work');
      future.add(trace);
      for (const choice of trace.choices)
        if (choice.kind === 'fault') choice.faults.forEach((fault) => faults.add(fault));
      if (hasEnded(trace)) {
        rests.set(world.views.key(rest), rest);
        findings.end(trace, node.lives);
      }
      if (budget.enough?.(findings.violations)) return result('interrupted');
    }
    futures.set(node.state, future.text());
    onProgress?.({ states: graph.size, open: graph.frontier, violations: findings.violations.length });
  }
  return result('closed');
}
