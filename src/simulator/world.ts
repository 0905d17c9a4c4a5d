import { isDeepStrictEqual } from 'node:util';
import { Backup } from './backup.js';
import { nextChoices, planOf, type Choice, type Decider, type Plan } from './choices.js';
import { Episode, type EpisodeOptions } from './episode.js';
import { NO_FAULTS, type FaultBudget } from './fault-budget.js';
import { lateThatMatter, type LeftOut } from './late-that-matter.js';
import { Ledger, type LedgerState } from './ledger.js';
import type { Life, Site } from './life.js';
import { Network } from './network.js';
import { ORACLES, type Oracle } from './oracle/oracles.js';
import { Asked, type AskedRequest } from './asked.js';
import type { RequestGraph } from './explore/request-graph.js';
import { Past } from './past.js';
import { Paths } from './paths.js';
import type { Pattern } from './pattern.js';
import type { Scenario, Step, WorldOf } from './scenario.js';
import { mustAgree } from './steadiness.js';
import { seenOf } from './seen.js';
import {
  arrive,
  asServiceThrew,
  serviceClients,
  ServiceResource,
  type Answer,
  type EffectNames,
  type Services,
} from './service.js';
import type { DurableState } from './state.js';
import { Surroundings } from './surroundings.js';
import type { Trace } from './trace.js';
import { Trail } from './trail.js';
import { Views } from './views.js';
import { asksForTime } from './with-time.js';
import { yesOrNo } from './yes-or-no.js';

export type LifeOptions = Pick<EpisodeOptions, 'locate' | 'onMoment' | 'until'>;

export interface WorldOptions {
  /** False: runs every order of everything, for comparison. */
  readonly reduces?: boolean;
  /** What judges the runs, to see what each is worth. Default: all. */
  readonly oracles?: readonly Oracle[];
  /** The pattern out of fresh modules, asked for at the start of each life. Default: the same one for all. */
  readonly fresh?: (() => Promise<Pattern>) | undefined;
  /** After so many moments without rest a life is endless. Default 20,000. */
  readonly maxMoments?: number | undefined;
}

type OnAnswer = (service: string, request: AskedRequest, seen: () => string, isIdle: boolean) => void;

const NETWORK: Site = { name: 'network', kind: 'other', text: '' };

/** One scenario under one pattern, ready to run lives. */
export class World {
  readonly scenario: Scenario;
  readonly pattern: Pattern;
  readonly budget: FaultBudget;
  readonly initial: DurableState;
  readonly views: Views;
  /** Sites that were called by lives that had come to rest: something went on past the boundaries. */
  readonly strays = new Set<string>();
  /** Late requests that were not let arrive, as they would have changed nothing. */
  readonly leftOut: LeftOut = new Set();
  /** What the services were asked. */
  readonly asked = new Asked();
  /** What leads from state to state, if that is wanted: takes in all that `lives` runs. */
  requests: RequestGraph | undefined;
  /** Services whose view may leave something out, and which do not know the time. */
  readonly hiding: readonly string[];
  /** The life that was run last: whoever finds it unsteady may want to run it once more. */
  latest: { readonly state: DurableState; readonly plan: Plan | Decider } | undefined;
  readonly #knowsTime: boolean;
  readonly #effects: Readonly<Record<string, EffectNames>>;
  readonly #steps: ReadonlyMap<string, Step>;
  readonly #reduces: boolean;
  readonly #oracles: readonly Oracle[];
  readonly #fresh: (() => Promise<Pattern>) | undefined;
  readonly #maxMoments: number | undefined;

  constructor(scenario: Scenario, pattern: Pattern, budget: FaultBudget = NO_FAULTS, options: WorldOptions = {}) {
    this.scenario = scenario;
    this.pattern = pattern;
    this.budget = budget;
    this.#reduces = options.reduces ?? true;
    this.#oracles = options.oracles ?? ORACLES;
    this.#fresh = options.fresh;
    this.#maxMoments = options.maxMoments;
    const knowsTime = ({ requests }: Services[string]): boolean =>
      Object.values(requests as object).some((request) => asksForTime(request as never));
    this.#knowsTime = Object.values(scenario.services).some(knowsTime);
    this.hiding = Object.entries(scenario.services).flatMap(([name, service]) =>
      service.view && !knowsTime(service) ? [name] : [],
    );
    this.#effects = Object.fromEntries(scenario.steps.map((step) => [step.effect, step as unknown as EffectNames]));
    this.#steps = new Map(scenario.steps.map((step) => [step.effect, step]));
    const { all } = this.#resources(pattern);
    this.views = new Views(all, scenario.restartWithinMs);
    const parts = Object.fromEntries(all.map(({ name, part }) => [name, part]));
    this.initial = { parts, now: 0, fresh: 0, spent: 0 };
  }

  /** The same in which nothing goes wrong but crashes. */
  withoutFaults(): World {
    const options = { reduces: this.#reduces, oracles: this.#oracles, ...(this.#fresh ? { fresh: this.#fresh } : {}) };
    return new World(this.scenario, this.pattern, NO_FAULTS, options);
  }

  /** Runs one life from a state, as planned or as it is decided on the way. The first forks are whether to let deadlines pass before it starts. */
  async life(state: DurableState, plan: Plan | Decider, options: LifeOptions = {}): Promise<Trace> {
    return this.#run(state, plan, options, undefined);
  }

  /** Every life from a state: one for each way to go, where two do not come to the same. */
  async *lives(state: DurableState): AsyncGenerator<Trace> {
    const record = this.requests?.from(state);
    let trail = record && new Trail();
    const paths = this.#reduces
      ? new Paths(
          (one) => this.views.exact(one),
          (place) => trail?.pass(place),
        )
      : undefined;
    let prefix: readonly Choice[] | undefined = [];
    let before: Trace | undefined;
    while (prefix) {
      const merge: EpisodeOptions['merge'] = paths && { after: prefix.length, paths };
      trail = record && new Trail();
      const trace: Trace = await this.#run(state, planOf(prefix), {}, merge, trail);
      record?.(trace, trail!);
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

  /** Whether the world was changed after the run had been in a state like its last. */
  isRestless({ end, moments, rest }: Trace): boolean {
    if (end !== 'circle') return false;
    const key = this.views.key(rest);
    const before = moments.findLastIndex(
      ({ site, state }, index) => index < moments.length - 1 && site.name === 'wait' && this.views.key(state) === key,
    );
    // By what it holds: a service may answer each time with a new state that says the same.
    const isAtRest = (state: DurableState): boolean =>
      this.ledger(state).total === this.ledger(rest).total &&
      isDeepStrictEqual(this.services(state), this.services(rest));
    return !moments.slice(before).every(({ state }) => isAtRest(state));
  }

  judgesBy(oracle: Oracle): boolean {
    return this.#oracles.includes(oracle);
  }

  reached(state: DurableState): boolean {
    const { property, reached } = this.scenario.goal;
    return yesOrNo(reached(this.services(state)), property);
  }

  async #run(
    state: DurableState,
    plan: Plan | Decider,
    options: LifeOptions,
    merge: EpisodeOptions['merge'],
    trail?: Trail,
  ): Promise<Trace> {
    const { faults, maxFaults } = this.budget;
    this.latest = { state, plan };
    const zombies = faults.has('pause-before') || faults.has('pause-after');
    const episode: Episode = new Episode({
      ...options,
      ...this.budget,
      maxMoments: this.#maxMoments,
      start: state,
      plan,
      merge,
      everyOrder: !this.#reduces,
      surrounding: {
        snapshot: (now, spent) => surroundings.snapshot(now, spent),
        // Counts are cut at 2, and an effect that is made in each round is no rest.
        contents: (now) => `${this.views.contents(now)} ${this.ledger(now).total}`,
        key: (now) => this.views.key(now),
        deadlines: (now) => this.views.deadlines(now),
        // Where a service knows the time, it matters when it comes: time may pass between two lives.
        late: (meets) =>
          (senders?.ways ?? 0) + (network.waiting > 0 && (meets || this.#knowsTime) ? waiting().length : 0),
        arrive: (index, note) => {
          const ways = senders?.ways ?? 0;
          if (index < ways) return senders!.send(index, episode.now, note);
          const request = network.take(waiting()[index - ways]!);
          note('a request of before arrives');
          try {
            arrive(toServices, request, note);
          } catch (error) {
            episode.fail(asServiceThrew(`${request.service}.${request.request}`, error));
          }
          return NETWORK;
        },
        ...(zombies ? { takeOver: (life) => start(life, successor) } : {}),
      },
      onStray: ({ name }) => this.strays.add(name),
    });
    // After the episode has begun: a timer that a module starts is work of this process. Two processes, two sets.
    const pattern = await this.#pattern();
    const successor = zombies ? await this.#pattern() : pattern;
    const { all, machinery, backup, ...outside } = this.#resources(pattern, (service, request, seen, isIdle) =>
      trail?.add({ service, ...request, seen: seen(), at: episode.moments.length }, isIdle),
    );
    const { network } = outside;
    const toServices = { ...outside, effects: this.#effects, time: episode };
    const waiting = (): readonly number[] =>
      this.#reduces ? lateThatMatter(toServices, this.leftOut) : [...network.part.late.keys()];
    const senders = pattern.senders?.(machinery);
    const surroundings = new Surroundings(all, state);
    const start = (life: Life, process: Pattern): void => {
      const services = serviceClients(this.scenario.services, toServices, life);
      process.start({ life, surroundings, services, endings: this.scenario.endings ?? {} }, machinery);
    };
    if (backup && state.spent < maxFaults && episode.mayRestore()) backup.restore();
    backup?.take();
    this.#oversleep(episode);
    start(episode.newLife(), pattern);
    const end = await episode.run();
    return { moments: episode.handOver(), choices: episode.choices, end, rest: episode.state, misfit: episode.misfit };
  }

  async #pattern(): Promise<Pattern> {
    return this.#fresh ? this.#fresh() : this.pattern;
  }

  // The worker may stay away until after any deadline that it can miss.
  #oversleep(episode: Episode): void {
    const backAt = episode.now + (this.scenario.restartWithinMs ?? Infinity);
    const next = (): number => this.views.deadlines(episode.state)[0] ?? Infinity;
    for (let time = next(); time < Infinity && time <= backAt && episode.fork(2) === 1; time = next()) {
      episode.pass(time);
    }
  }

  #resources(pattern: Pattern, onAnswer?: OnAnswer) {
    const machinery = pattern.resources();
    const past = this.budget.faults.has('stale-read') ? new Past() : undefined;
    const services = new Map(
      Object.entries(this.scenario.services).map(([name, service]) => {
        // Only what a view leaves out raises the question what else may be asked.
        const asked = (request: AskedRequest, answer: Answer<unknown>, isIdle: boolean): void => {
          this.asked.add(name, request);
          if (this.hiding.includes(name)) onAnswer?.(name, request, () => seenOf(service, answer), isIdle);
        };
        return [name, new ServiceResource(name, service, service.view && asked, past)];
      }),
    );
    const [ledger, network] = [new Ledger(), new Network()];
    const backup = this.budget.faults.has('restore') ? new Backup(machinery) : undefined;
    const all = [
      ...machinery,
      ...services.values(),
      ledger,
      network,
      ...(backup ? [backup] : []),
      ...(past ? [past] : []),
    ];
    return { machinery, services, ledger, network, backup, all };
  }
}
