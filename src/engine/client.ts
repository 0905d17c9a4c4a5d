import { randomUUID } from 'node:crypto';
import { systemClock, type Clock } from './clock.js';
import { checkName } from './check.js';
import { firstDifference, toPayload } from './codec.js';
import { createRuntime } from './decide.js';
import { engineError } from './errors.js';
import { ExecutionFailure } from './failure.js';
import type { History, Json } from './history.js';
import { Progress } from './progress.js';
import type { Execution, ExecutionStatus, Store } from './store/store.js';
import type { Query, Signal, Workflow } from './workflow.js';

export interface ClientOptions {
  readonly store: Store;
  /** Needed for queries, which replay the workflow's code. */
  readonly workflows?: readonly Workflow[];
  readonly clock?: Clock;
  /** Where seeds come from. Default: `crypto.randomUUID`. */
  readonly ids?: () => string;
}

/** Starts executions, talks to them and looks at them. Works without a worker in the same process. */
export class Client {
  readonly #store: Store;
  readonly #workflows: readonly Workflow[];
  readonly #clock: Clock;
  readonly #ids: () => string;

  constructor({ store, workflows = [], clock = systemClock, ids = randomUUID }: ClientOptions) {
    this.#store = store;
    this.#workflows = workflows;
    this.#clock = clock;
    this.#ids = ids;
  }

  /**
   * Records the start of an execution. Safe to repeat with `onConflict: 'use-existing'`: the same id, workflow and
   * input then mean the same execution; anything else throws `execution-exists`. Ids are never used twice.
   */
  async start<Input>(
    workflow: Workflow<Input> | string,
    options: { id: string; input?: Input; onConflict?: 'reject' | 'use-existing' },
  ): Promise<{ id: string; created: boolean }> {
    const name = checkName('a workflow name', nameOf(workflow));
    const id = checkName('an execution id', options?.id);
    const input = toPayload(options.input, 'input');
    const at = this.#clock.now();
    const { created } = await this.#store.create({
      type: 'started',
      at,
      id,
      workflow: name,
      seed: this.#ids(),
      ...(input === undefined ? {} : { input }),
    });
    if (!created) await this.#mustBeSame(id, name, input, options.onConflict ?? 'reject');
    return { id, created };
  }

  /** Records a signal. It is delivered even if the workflow does not wait for it yet. */
  async signal<Args extends readonly Json[]>(id: string, signal: Signal<Args> | string, ...args: Args): Promise<void> {
    const name = checkName('a signal name', nameOf(signal));
    const payload = toPayload(args, `${name} arguments`) as Json[];
    await this.#store.signal(checkName('an execution id', id), {
      type: 'signaled',
      at: this.#clock.now(),
      name,
      args: payload,
    });
  }

  /** Asks a query of the workflow's code, replayed to the end of what is recorded. Also of closed executions. */
  async query<Answer, Args extends readonly Json[]>(
    id: string,
    query: Query<Answer, Args> | string,
    ...args: Args
  ): Promise<Answer> {
    const name = checkName('a query name', nameOf(query));
    const history = await this.history(id);
    return (await createRuntime(this.#workflows).query(history, name, args)) as Answer;
  }

  /** Waits for the end, looking every `pollMs` (default 100): the result, or `ExecutionFailure`. */
  async result<Output = unknown>(id: string, options: { pollMs?: number } = {}): Promise<Output> {
    checkName('an execution id', id);
    for (;;) {
      const execution = await this.#store.get(id);
      if (!execution) throw engineError('execution-not-found', `There is no execution "${id}".`);
      if (execution.status === 'completed' || execution.status === 'failed') {
        const { ending } = new Progress(await this.#store.history(id));
        if (ending?.kind === 'fail') throw new ExecutionFailure(id, ending.failure);
        return ending?.result as Output;
      }
      const next = this.#clock.now() + (options.pollMs ?? 100);
      await new Promise<void>((resolve) => void this.#clock.at(next, resolve));
    }
  }

  list(filter?: { status?: ExecutionStatus }): Promise<readonly Execution[]> {
    return this.#store.list(filter);
  }

  async history(id: string): Promise<History> {
    return this.#store.history(checkName('an execution id', id));
  }

  async #mustBeSame(id: string, workflow: string, input: Json | undefined, onConflict: string): Promise<void> {
    const [started] = await this.#store.history(id);
    const same = started?.type === 'started' && started.workflow === workflow;
    if (onConflict === 'use-existing' && same && firstDifference(started.input, input, '') === undefined) return;
    const how = onConflict === 'use-existing' ? 'with another workflow or input' : 'already';
    throw engineError('execution-exists', `There is an execution "${id}" ${how}.`);
  }
}

function nameOf(named: string | { readonly name: string }): unknown {
  return typeof named === 'object' && named !== null ? named.name : named;
}
