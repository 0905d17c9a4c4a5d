import type { Client, Commit, HistoryEvent, MemoryStore, Workflow } from '../../src/engine/index.js';
import type { Engine } from './interpret.js';
import { makeWorkflow } from './interpret.js';
import { callsOf, SIGNALS, type Call, type SignalName, type Trial, type Version } from './program.js';

export const ID = 'run';
export const SEED = 'the-seed';
const START_AT = 1_700_000_000_000;
const MAX_NUDGES = 12;

/** Where a life is cut: at a store operation, counted over all lives, which then has landed or not. */
export type Cut = 'before' | 'landed';

/** One attempt of an activity as the outside world saw it. */
export interface Attempt {
  readonly callId: string;
  readonly attempt: number;
  readonly key: string;
  readonly args: string;
  /** Number of events that the history held. */
  readonly after: number;
  readonly at: number;
}

/** What outlives a worker: the store, the time, what was sent, and what the outside world has done. */
export class World {
  readonly engine: Engine;
  readonly trial: Trial;
  readonly calls: ReadonlyMap<number, Call>;
  store: MemoryStore;
  readonly attempts: Attempt[] = [];
  readonly commits: Pick<Commit, 'events' | 'status'>[] = [];
  readonly sent: { name: SignalName; n: number }[] = [];
  /** Attempts in the order in which they ended: those that run again after a crash end in their old place. */
  readonly together: string[][] = [];
  readonly slowUntil = new Map<string, number>();
  readonly problems: string[] = [];
  now = START_AT;
  operations = 0;
  /** Commits that a signal came before. */
  conflicts = 0;
  /** Number of decisions that the first version of the code has made; undefined until the new one is deployed. */
  upgradedAfter: number | undefined;
  readonly #unsent: { name: SignalName; at: number; mode: 'before' | 'after' }[];
  readonly #workflows = new Map<Version, Workflow>();
  #nudges = 0;

  constructor(engine: Engine, trial: Trial) {
    this.engine = engine;
    this.trial = trial;
    this.store = new engine.MemoryStore();
    this.calls = callsOf(trial.program);
    this.#unsent = [...trial.signals];
  }

  get version(): Version {
    const { version } = this.trial;
    return this.upgradedAfter === undefined ? version : ((version + 1) as Version);
  }

  get workflow(): Workflow {
    return this.workflowOf(this.version);
  }

  workflowOf(version: Version): Workflow {
    const known = this.#workflows.get(version);
    if (known) return known;
    const made = makeWorkflow(this.engine, this.trial.program, version) as Workflow;
    this.#workflows.set(version, made);
    return made;
  }

  get history(): readonly HistoryEvent[] {
    return this.store.state.executions[ID]?.history ?? [];
  }

  get closed(): boolean {
    const status = this.store.state.executions[ID]?.execution.status;
    return status === 'completed' || status === 'failed';
  }

  async start(): Promise<void> {
    await this.#client().start('generated', { id: ID, input: { trial: this.trial.seed } });
    await this.send('after', this.history);
  }

  /** Sends the signals whose time has come with these events, now in the history or about to be. */
  async send(mode: 'before' | 'after', events: readonly HistoryEvent[]): Promise<void> {
    const reached = progressOf(events);
    for (const plan of this.#unsent.filter((signal) => signal.mode === mode && signal.at <= reached)) {
      this.#unsent.splice(this.#unsent.indexOf(plan), 1);
      await this.#signal(plan.name);
    }
  }

  /** Sends one more signal because everything waits; false if it would be too many. */
  async sendAtRest(): Promise<boolean> {
    const planned = this.#unsent.shift();
    if (!planned) this.#nudges += 1;
    if (this.#nudges > MAX_NUDGES) return false;
    await this.#signal(planned?.name ?? SIGNALS[this.#nudges % SIGNALS.length]!);
    return true;
  }

  /** The lease of a dead worker runs out. */
  endLease(): void {
    const entry = this.store.state.executions[ID];
    if (!entry || entry.execution.leaseUntil === null) return;
    const execution = { ...entry.execution, leaseUntil: this.now };
    this.store = new this.engine.MemoryStore({ executions: { [ID]: { execution, history: entry.history } } });
  }

  #client(): Client {
    const clock = { now: () => this.now, at: () => () => {} };
    return new this.engine.Client({ store: this.store, clock, ids: () => `${SEED} ${this.trial.seed}` });
  }

  async #signal(name: SignalName): Promise<void> {
    if (this.closed) return;
    const n = this.sent.length + 1;
    this.sent.push({ name, n });
    await this.#client().signal(ID, name, { n });
  }
}

/** How far a history has got, in events that do not depend on how decisions are grouped. */
export function progressOf(events: readonly HistoryEvent[]): number {
  return events.filter(({ type }) => type !== 'signaled' && type !== 'decided').length;
}
