import { Ledger, type LedgerState } from './ledger.js';
import { Life, type Moment } from './life.js';
import type { Pattern } from './pattern.js';
import type { Scenario, Step, WorldOf } from './scenario.js';
import { mustAgree } from './steadiness.js';
import { serviceClients, ServiceResource, type EffectNames, type Services } from './service.js';
import type { DurableState } from './state.js';
import { Surroundings } from './surroundings.js';
import type { Trace } from './trace.js';
import { Views } from './views.js';

export interface LifeOptions {
  /** Finds the user's line of each call, which is slow. */
  readonly locate?: boolean;
  /** Hears of each moment as it comes, before the life goes on. */
  readonly onMoment?: (moment: Moment) => void;
  /** The life is followed up to the first moment of which this is true. */
  readonly until?: (moment: Moment) => boolean;
}

/** One scenario under one pattern, ready to run lives. */
export class World {
  readonly scenario: Scenario;
  readonly pattern: Pattern;
  readonly initial: DurableState;
  readonly views: Views;
  /** Sites that were called by lives that had come to rest: something went on past the boundaries. */
  readonly strays = new Set<string>();
  readonly #effects: Readonly<Record<string, EffectNames>>;
  readonly #steps: ReadonlyMap<string, Step>;

  constructor(scenario: Scenario, pattern: Pattern) {
    this.scenario = scenario;
    this.pattern = pattern;
    this.#effects = Object.fromEntries(
      scenario.steps.map(({ effect, key, text }) => [effect, { key, text } as unknown as EffectNames]),
    );
    this.#steps = new Map(scenario.steps.map((step) => [step.effect, step]));
    const { all } = this.#resources();
    this.views = new Views(all);
    const parts = Object.fromEntries(all.map(({ name, part }) => [name, part]));
    this.initial = { parts, now: 0, fresh: 0 };
  }

  /** Runs one life from a state. The first choices are whether to let deadlines pass before it starts. */
  async life(state: DurableState, choices: readonly number[], options: LifeOptions = {}): Promise<Trace> {
    const { all, machinery, services, ledger } = this.#resources();
    const surroundings = new Surroundings(all, state);
    const life: Life = new Life({
      ...options,
      now: state.now,
      choices,
      snapshot: () => surroundings.snapshot(life.now),
      onStray: ({ name }) => this.strays.add(name),
    });
    const deadline = (): number | undefined => this.views.deadline(surroundings.snapshot(life.now));
    for (let next = deadline(); next !== undefined && life.choose(2) === 1; next = deadline()) life.sleepUntil(next);
    const clients = serviceClients(this.scenario.services, services, this.#effects, ledger, life);
    this.pattern.start({ life, surroundings, services: clients }, machinery);
    const end = await life.run(deadline);
    return {
      moments: life.moments,
      choices: life.choices,
      end,
      rest: surroundings.snapshot(life.now),
    };
  }

  /** Every life from a state: one for each way to take the choices. */
  async *lives(state: DurableState): AsyncGenerator<Trace> {
    let prefix: number[] | undefined = [];
    let before: Trace | undefined;
    while (prefix) {
      const trace: Trace = await this.life(state, prefix);
      if (before) mustAgree(before, trace, prefix.length);
      yield trace;
      before = trace;
      prefix = nextChoices(trace.choices);
    }
  }

  ledger(state: DurableState): LedgerState {
    return state.parts['ledger'] as LedgerState;
  }

  /** The step whose effect this is. */
  stepOf(effect: string): Step | undefined {
    return this.#steps.get(effect);
  }

  services(state: DurableState): WorldOf<Services> {
    return Object.fromEntries(
      Object.keys(this.scenario.services).map((name) => [name, state.parts[`service ${name}`]]),
    ) as WorldOf<Services>;
  }

  reached(state: DurableState): boolean {
    return this.scenario.goal.reached(this.services(state));
  }

  #resources() {
    const machinery = this.pattern.resources();
    const services = new Map(
      Object.entries(this.scenario.services).map(([name, service]) => [name, new ServiceResource(name, service)]),
    );
    const ledger = new Ledger();
    return { machinery, services, ledger, all: [...machinery, ...services.values(), ledger] };
  }
}

// The next way in depth-first order: the last choice that has another way left takes it.
function nextChoices(choices: Life['choices']): number[] | undefined {
  const last = choices.findLastIndex(({ of, taken }) => taken + 1 < of);
  if (last < 0) return undefined;
  return [...choices.slice(0, last).map(({ taken }) => taken), choices[last]!.taken + 1];
}
