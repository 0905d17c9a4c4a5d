import type { ActivityProxy, Workflow } from '../../src/engine/index.js';
import type { Argument, Result } from './behaviour.js';
import { POLICIES, type Block, type Call, type Expression, type SignalName, type Statement } from './program.js';
import type { Test, Version } from './program.js';

export type Engine = typeof import('../../src/engine/index.js');

type Bodies = Record<Call['name'], (callId: string, arg: Argument) => Result>;
type Proxies = Record<keyof typeof POLICIES, ActivityProxy<Bodies>>;

/** What an execution returns: its log shows the order in which everything reached it. */
export interface Output {
  readonly log: string[];
  readonly last: number;
}

/**
 * The program as workflow code over the given engine, which may be a copy with a bug in it. `model.ts` has the same
 * statements step for step; where the two must agree to the microtask, so they say.
 */
export function makeWorkflow(engine: Engine, program: Block, version: Version): Workflow<unknown, Output> {
  const entries = Object.entries(POLICIES).map(([name, retry]) => [name, engine.activities<Bodies>({ retry })]);
  const proxies = Object.fromEntries(entries) as Proxies;
  return engine.workflow('generated', async (input: unknown) => {
    const code = new Interpreter(engine, version, proxies);
    engine.setHandler(engine.defineQuery<Output>('state'), () => code.output());
    code.log.push(JSON.stringify(input));
    await code.block(program);
    return code.output();
  });
}

class Interpreter {
  readonly log: string[] = [];
  readonly #engine: Engine;
  readonly #version: Version;
  readonly #proxies: Proxies;
  readonly #occurrences = new Map<number, number>();
  readonly #received: Record<SignalName, number> = { x: 0, y: 0 };
  readonly #handled = new Set<SignalName>();
  readonly #handles: { callId: string; promise: Promise<Result | undefined> }[] = [];
  #last = 0;

  constructor(engine: Engine, version: Version, proxies: Proxies) {
    this.#engine = engine;
    this.#version = version;
    this.#proxies = proxies;
  }

  output(): Output {
    return { log: [...this.log], last: this.#last };
  }

  async block(block: Block): Promise<void> {
    for (const statement of block) await this.#statement(statement);
  }

  // oxlint-disable-next-line complexity -- one case for each kind of statement
  async #statement(statement: Statement): Promise<void> {
    const engine = this.#engine;
    switch (statement.kind) {
      case 'call': {
        const { callId, promise } = this.#call(statement);
        return this.#arrived(callId, await promise);
      }
      case 'start':
        this.#handles.push(this.#call(statement.call));
        return undefined;
      case 'join': {
        const handle = this.#handles[statement.index % this.#handles.length];
        if (handle) this.#arrived(handle.callId, await handle.promise);
        return undefined;
      }
      case 'all': {
        const values = await Promise.all(statement.branches.map((branch, index) => this.#branch(branch, index)));
        this.log.push(`all ${statement.label}: ${values.join()}`);
        return undefined;
      }
      case 'race': {
        const winner = await Promise.race(statement.branches.map((branch, index) => this.#branch(branch, index)));
        this.log.push(`race ${statement.label}: ${winner}`);
        return undefined;
      }
      case 'settled': {
        const ends = await Promise.allSettled(statement.branches.map((branch, index) => this.#branch(branch, index)));
        this.log.push(`settled ${statement.label}: ${ends.map(({ status }) => status).join()}`);
        return undefined;
      }
      case 'loop':
        for (let turn = 0; turn < statement.times; turn += 1) await this.block(statement.body);
        return undefined;
      case 'sleep':
        await engine.sleep(statement.ms);
        this.log.push(`slept ${statement.label}`);
        return undefined;
      case 'wait': {
        const { label, signal, more, timeoutMs } = statement;
        if (!this.#handled.has(signal)) this.#handle(signal, `${label}`, null);
        const target = this.#received[signal] + more;
        const met = (): boolean => this.#received[signal] >= target;
        const inTime = timeoutMs === null ? await engine.condition(met) : await engine.condition(met, timeoutMs);
        this.log.push(`waited ${label}: ${inTime}`);
        return undefined;
      }
      case 'handler':
        this.#handle(statement.signal, `${statement.label}`, statement.call, statement.relay);
        return undefined;
      case 'try':
        try {
          await this.block(statement.body);
        } catch (error) {
          // What the engine throws itself: the workflow has ended, in another branch.
          if (engine.CrashwiseError.is(error)) throw error;
          this.log.push(`caught ${statement.label}: ${told(error)}`);
          await this.block(statement.rescue);
        }
        return undefined;
      case 'if':
        await this.block(this.#test(statement.test) ? statement.yes : statement.no);
        return undefined;
      case 'patch':
        await this.block(this.#isNew(statement.id) ? statement.yes : statement.no);
        return undefined;
      case 'throw':
        throw new RangeError(`thrown ${statement.label}`);
    }
  }

  async #branch(block: Block, index: number): Promise<string> {
    await this.block(block);
    return `${index}/${this.#last}`;
  }

  #call(call: Call): { callId: string; promise: Promise<Result | undefined> } {
    const occurrence = (this.#occurrences.get(call.label) ?? 0) + 1;
    this.#occurrences.set(call.label, occurrence);
    const callId = `${call.label}.${occurrence}`;
    const arg: Argument = { value: this.#evaluate(call.arg), list: [] };
    const promise: Promise<Result | undefined> = this.#proxies[call.policy][call.name](callId, arg);
    arg.list.push('changed after the call');
    return { callId, promise };
  }

  #arrived(callId: string, result: Result | undefined): void {
    this.log.push(`${callId}=${result ? `${result.value} ${result.list.join()}` : 'nothing'}`);
    this.#last = result?.value ?? this.#last;
    result?.list.push('changed by the workflow');
  }

  #handle(signal: SignalName, label: string, call: Call | null, relay = false): void {
    this.#handled.add(signal);
    let relays = relay;
    const receive = (arg: { n: number }): void => {
      this.#received[signal] += 1;
      this.log.push(`${signal} ${arg.n} in ${label}`);
      arg.n = -1;
      if (relays) this.#handle(signal, `${label}'`, null);
      relays = false;
    };
    const definition = this.#engine.defineSignal<[{ n: number }]>(signal);
    if (call === null) return this.#engine.setHandler(definition, receive);
    return this.#engine.setHandler(definition, async (arg) => {
      receive(arg);
      const { callId, promise } = this.#call(call);
      this.#arrived(callId, await promise);
    });
  }

  #evaluate(expression: Expression): number | string {
    switch (expression.kind) {
      case 'constant':
        return expression.value;
      case 'last':
        return this.#last;
      case 'received':
        return this.#received.x * 10 + this.#received.y;
      case 'now':
        return this.#engine.now();
      case 'random':
        return this.#engine.random();
      case 'uuid':
        return this.#engine.uuid();
    }
  }

  #test(test: Test): boolean {
    switch (test.kind) {
      case 'last-even':
        return this.#last % 2 === 0;
      case 'received':
        return this.#received[test.signal] >= test.atLeast;
      case 'random':
        return this.#engine.random() < 0.5;
    }
  }

  #isNew(id: string): boolean {
    if (this.#version === 1) return this.#engine.patched(id);
    if (this.#version === 2) this.#engine.deprecatePatch(id);
    return this.#version > 0;
  }
}

function told(error: unknown): string {
  return error instanceof Error ? `${error.name}: ${error.message}` : String(error);
}
