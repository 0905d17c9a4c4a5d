import type { ServiceClients, Services } from '../service.js';
import type { Flow, FlowStep } from './flow.js';
import type { KeptResults } from './kept-results.js';

/** Runs single steps of a flow, and has their results for as long as the process lives. */
export class StepRunner<S extends Services, Input> {
  readonly #flow: Flow<S, Input>;
  readonly #services: ServiceClients<S>;
  readonly #kept: KeptResults | undefined;
  readonly #results = new Map<string, unknown>();

  constructor(flow: Flow<S, Input>, services: ServiceClients<S>, kept?: KeptResults) {
    this.#flow = flow;
    this.#services = services;
    this.#kept = kept;
  }

  /** Runs it, unless its result was written down before. */
  async run(step: FlowStep<S, Input>): Promise<unknown> {
    const keeps = this.#kept?.keeps(step.name) ?? false;
    let result = keeps ? await this.#kept!.get(step.name) : undefined;
    if (result === undefined) {
      result = await step.run?.({ ...this.#tools, key: `${this.#flow.id}/${step.name}` });
      if (keeps) await this.#kept!.put(step.name, result);
    }
    this.#results.set(step.name, result);
    return result;
  }

  async undo(step: FlowStep<S, Input>): Promise<void> {
    await step.undo?.({ ...this.#tools, key: `${this.#flow.id}/undo ${step.name}` });
  }

  /** Whether the world shows that it is done; false if that cannot be read. */
  async isDone(step: FlowStep<S, Input>): Promise<boolean> {
    const result = await step.read?.(this.#tools);
    if (result !== undefined) this.#results.set(step.name, result);
    return result !== undefined;
  }

  get #tools() {
    return {
      services: this.#services,
      input: this.#flow.input,
      resultOf: <T>(name: string): Promise<T> => this.#resultOf(name) as Promise<T>,
    };
  }

  async #resultOf(name: string): Promise<unknown> {
    if (this.#results.has(name)) return this.#results.get(name);
    const step = this.#flow.steps.find((one) => one.name === name);
    if (!step) throw new Error(`the flow has no step "${name}"`);
    return (await this.isDone(step)) ? this.#results.get(name) : this.run(step);
  }
}
