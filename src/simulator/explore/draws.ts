import type { Decider } from '../choices.js';
import type { CalledAt, Fault } from '../fault.js';
import type { Trace } from '../trace.js';
import { distinctMoments, type Turn } from './play-out.js';

/** A run as naturals, whatever they are: each list of them is a run. Zeros are the run in which nothing happens. */
export interface Drawn {
  readonly mix: {
    /** Which of the faults may happen in this run, as bits. */
    readonly faults: number;
    /** How rare faults, and ways other than the first, are among the draws. */
    readonly faultRarity: number;
    readonly orderRarity: number;
  };
  /** The lives that crash: where, and what is drawn on the way. */
  readonly lives: readonly { readonly cut: number; readonly draws: readonly number[] }[];
  /** What is drawn in the last life, in which nothing goes wrong. */
  readonly last: readonly number[];
}

const RARITIES = [1, 2, 4, 8, 16, 32];

/**
 * The run that naturals stand for. Each is taken modulo what there is to choose from, and those that are missing are
 * zeros: so it is total, it shrinks, and what was saved means something after the code has changed. First the lives that
 * crash, with a mix of faults of the run's own (swarm testing); then one in which nothing goes wrong any more.
 */
export function turnsOf({ mix, lives, last }: Drawn, all: readonly Fault[]): readonly Turn[] {
  const faults = all.filter((_, index) => Math.floor(mix.faults / 2 ** index) % 2 === 1);
  const [faultRarity, orderRarity] = [rarity(mix.faultRarity), rarity(mix.orderRarity)];
  return [
    ...lives.map(({ cut, draws }) => ({
      decider: new Draws(draws, { faults, faultRarity, orderRarity }),
      cut: (trace: Trace) => cutAt(trace, cut),
    })),
    { decider: new Draws(last, { faults: [], faultRarity, orderRarity }), cut: () => undefined },
  ];
}

function rarity(drawn: number): number {
  return RARITIES[drawn % RARITIES.length]!;
}

// 0: it is not cut, and ends the run.
function cutAt(trace: Trace, drawn: number): number | undefined {
  const moments = distinctMoments(trace);
  const index = drawn % (moments.length + 1);
  return index === 0 ? undefined : moments[index - 1];
}

interface Mix {
  readonly faults: readonly Fault[];
  readonly faultRarity: number;
  readonly orderRarity: number;
}

class Draws implements Decider {
  readonly #draws: readonly number[];
  readonly #mix: Mix;
  #next = 0;

  constructor(draws: readonly number[], mix: Mix) {
    this.#draws = draws;
    this.#mix = mix;
  }

  order(of: number): number {
    const way = this.#draw() % (of * this.#mix.orderRarity);
    return way < of ? way : 0;
  }

  fault(_call: CalledAt, possible: readonly Fault[]): Fault | undefined {
    const faults = possible.filter((fault) => this.#mix.faults.includes(fault));
    if (faults.length === 0) return undefined;
    return faults[(this.#draw() % (faults.length * this.#mix.faultRarity + 1)) - 1];
  }

  #draw(): number {
    this.#next += 1;
    return this.#draws[this.#next - 1] ?? 0;
  }
}
