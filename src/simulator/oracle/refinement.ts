import { toPayload } from '../../engine/index.js';
import { entriesOf } from '../persistent.js';
import { hasEnded, type Trace } from '../trace.js';
import type { DurableState } from '../state.js';
import type { World } from '../world.js';
import type { Breach } from './breach.js';

/** The property that is broken by an outcome that no run without a crash has. */
export const SAME_OUTCOMES = 'same-outcomes';

/**
 * What runs come to, reduced to what counts: effects by class (exactly-once: how often; at-least-once: whether at all;
 * at-most-once and read: not at all), and what the scenario says of the world. Undefined if it says nothing.
 */
export function outcomeOf(world: World, rest: DurableState): string | undefined {
  const { outcome } = world.scenario;
  if (!outcome) return undefined;
  const counts = entriesOf(world.ledger(rest).done).flatMap(([entry, count]) => {
    const kind = world.stepOf(entry.slice(0, entry.indexOf(' ')))?.class;
    if (kind !== 'exactly-once' && kind !== 'at-least-once') return [];
    return [`${entry} ${kind === 'exactly-once' ? count : 'done'}`];
  });
  // What is no plain data looks alike as text: each `Set` is {}.
  const said = JSON.stringify(toPayload(outcome(world.services(rest)), 'the outcome of the scenario'));
  return [said, ...counts.sort()].join('\n');
}

/** Outcomes without a crash: those with crashes must be among them. */
export class Refinement {
  readonly #world: World;
  readonly #without = new Set<string>();

  constructor(world: World) {
    this.#world = world;
  }

  /** Learns from a run from the first state. */
  learn(trace: Trace): void {
    const outcome = outcomeOf(this.#world, trace.rest);
    if (outcome !== undefined && hasEnded(trace)) this.#without.add(outcome);
  }

  /** What is wrong with the end of a run that crashes led to. */
  breach(rest: DurableState): Breach | undefined {
    const outcome = outcomeOf(this.#world, rest);
    if (outcome === undefined || this.#without.has(outcome)) return undefined;
    const sentence = `With a crash it comes to what no run without one comes to: ${outcome.replaceAll('\n', ', ')}.`;
    return { property: SAME_OUTCOMES, kind: 'refinement', sentence };
  }

  /** All that can be learnt, if the scenario speaks of outcomes; undefined if that takes more than `maxLives`. */
  static async of(world: World, maxLives: number): Promise<Refinement | undefined>;
  static async of(world: World): Promise<Refinement>;
  static async of(world: World, maxLives = Infinity): Promise<Refinement | undefined> {
    const refinement = new Refinement(world);
    if (!world.scenario.outcome) return refinement;
    let lives = 0;
    for await (const trace of world.lives(world.initial)) {
      lives += 1;
      if (lives > maxLives) return undefined;
      refinement.learn(trace);
    }
    return refinement;
  }
}
