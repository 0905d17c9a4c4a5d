import type { Life } from '../life.js';
import type { Pattern } from '../pattern.js';
import type { ServiceClients, Services } from '../service.js';
import { DesiredState, type Desired } from './desired-state.js';
import { sleeper } from './sleeper.js';

/** What the code of a pass finds around it. */
export interface ReconcilerTools<S extends Services> {
  readonly services: ServiceClients<S>;
  /** Waits in memory: a crash forgets it. */
  readonly sleep: (ms: number) => Promise<void>;
}

export interface ReconcilerOptions<S extends Services, State> {
  /** What is wanted at the start. */
  readonly desired: Desired<State>;
  /** What is wanted later, one after the other: each change may come at any moment. Default: none. */
  readonly drifts?: readonly Desired<State>[];
  /**
   * One pass: reads what is there through the services, computes the difference to what is wanted, and acts on it. Called
   * anew for each pass, so nothing that it keeps in variables is there in the next one.
   */
  readonly pass: (desired: State, tools: ReconcilerTools<S>) => Promise<void>;
  /** A pass begins so long after the last one, even if nobody has changed anything. Default 600,000. */
  readonly resyncMs?: number;
  /** A pass that throws is followed by another after so long, twice as long after the next one, and so on. Default 1,000. */
  readonly backoffMs?: number;
}

/** At most a thousand times the first backoff. */
const MAX_DOUBLINGS = 10;

/**
 * A reconciliation loop, level-triggered: passes that compare what is wanted with what is there. One runs at the start of
 * each life, one after each change of what is wanted, and one every `resyncMs`. It comes to rest with a whole pass that
 * changes nothing. Between passes it knows nothing but what is wanted.
 *
 * @example
 * reconciler<typeof services, { count: number }>({
 *   desired: { title: 'two servers', state: { count: 2 } },
 *   drifts: [{ title: 'one server', state: { count: 1 } }],
 *   async pass({ count }, { services: { cloud } }) {
 *     const servers = await cloud.list();
 *     for (const name of servers.slice(count)) await cloud.remove({ name });
 *     for (let n = servers.length; n < count; n += 1) await cloud.create({ name: `server-${n}` });
 *   },
 * });
 */
export function reconciler<S extends Services, State>(options: ReconcilerOptions<S, State>): Pattern {
  const { desired, drifts = [] } = options;
  const wanted = [desired, ...drifts];
  return {
    name: 'reconciler',
    subject: 'model',
    title: 'a model: a reconciliation loop',
    oneCommit: false,
    assumes: [
      'what is wanted is kept, and a pass knows nothing of the pass before it',
      'one pass runs at a time',
      driftsInWords(drifts.length),
    ],
    projections: [],
    resources: () => [new DesiredState(wanted)],
    start({ life, services }, [resource]) {
      const state = resource as DesiredState<State>;
      const loop = new Loop(life, options, state, { services: services as ServiceClients<S>, sleep: sleeper(life) });
      void loop.run();
      void loop.drift();
    },
    where({ parts }) {
      const { number } = parts['desired'] as { readonly number: number };
      return `the last pass changed nothing, with ${wanted[number]!.title} wanted`;
    },
  };
}

function driftsInWords(count: number): string {
  if (count === 0) return 'what is wanted never changes';
  return `what is wanted changes ${count === 1 ? 'once' : `${count} times`}, at any moment: the flow without an end is bounded by that`;
}

/** The process: passes, and the people who change their minds. */
class Loop<S extends Services, State> {
  readonly #life: Life;
  readonly #options: ReconcilerOptions<S, State>;
  readonly #desired: DesiredState<State>;
  readonly #tools: ReconcilerTools<S>;
  #changed = false;
  #wake = (): void => {};

  constructor(
    life: Life,
    options: ReconcilerOptions<S, State>,
    desired: DesiredState<State>,
    tools: ReconcilerTools<S>,
  ) {
    this.#life = life;
    this.#options = options;
    this.#desired = desired;
    this.#tools = tools;
  }

  async run(): Promise<never> {
    const { resyncMs = 600_000, backoffMs = 1_000, pass } = this.#options;
    for (let failures = 0; ;) {
      this.#changed = false;
      this.#life.note('a pass begins');
      try {
        await this.#life.during(pass(await this.#desired.read(this.#life), this.#tools));
        failures = 0;
      } catch (error) {
        this.#life.note(`the pass fails: ${String(error)}`);
        failures += 1;
      }
      const backoff = backoffMs * 2 ** Math.min(failures - 1, MAX_DOUBLINGS);
      if (!this.#changed) await this.#pause(failures > 0 ? Math.min(backoff, resyncMs) : resyncMs);
    }
  }

  async drift(): Promise<void> {
    while (await this.#desired.drift(this.#life)) {
      this.#changed = true;
      this.#wake();
    }
  }

  #pause(ms: number): Promise<void> {
    return new Promise((resolve) => {
      const cancel = ms < Infinity ? this.#life.clock.at(this.#life.now + ms, resolve) : () => {};
      this.#wake = () => {
        cancel();
        resolve();
      };
    });
  }
}
