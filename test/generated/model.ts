import type { Command, History, Json } from '../../src/engine/index.js';
import type { Argument, Result } from './behaviour.js';
import type { Output } from './interpret.js';
import { all, race, settled, spawn, wait, Jobs, type Cell, type Task } from './machine.js';
import { ModelEngine, ModelFailure } from './model-engine.js';
import { modelUuid } from './model-random.js';
import { POLICIES, type Block, type Call, type Expression, type SignalName, type Statement } from './program.js';
import type { Test, Version } from './program.js';

/** What the history should hold, by the model. */
export interface Prediction {
  /** For each recorded decision. */
  readonly decisions: readonly (readonly Command[])[];
  readonly waiting: readonly string[];
  /** What the query answers at the end of the history. */
  readonly state: Output;
}

/**
 * Computes from the events alone what each decision must be. Decisions from number `ownFrom` on (counted from 0) were
 * made by this version of the code; those before it by an older one.
 */
export function predict(program: Block, version: Version, history: History, ownFrom: number): Prediction {
  const [started] = history;
  const jobs = new Jobs();
  const engine = new ModelEngine(jobs, started?.type === 'started' ? started.seed : '');
  const code = new ModelCode(engine, jobs, version);
  const decisions: (readonly Command[])[] = [];
  let from = 0;
  for (const [index, event] of history.entries()) {
    if (event.type !== 'decided') continue;
    const isOwn = decisions.length >= ownFrom;
    engine.decide(history.slice(from, index), event.commands, isOwn, (input) => code.start(program, input));
    decisions.push(engine.commands);
    from = index + 1;
  }
  return { decisions, waiting: engine.waiting, state: code.output() };
}

class ModelCode {
  readonly #engine: ModelEngine;
  readonly #jobs: Jobs;
  readonly #version: Version;
  readonly #log: string[] = [];
  readonly #occurrences = new Map<number, number>();
  readonly #received: Record<SignalName, number> = { x: 0, y: 0 };
  readonly #handled = new Set<SignalName>();
  readonly #handles: { callId: string; cell: Cell<Result | undefined> }[] = [];
  #last = 0;

  constructor(engine: ModelEngine, jobs: Jobs, version: Version) {
    this.#engine = engine;
    this.#jobs = jobs;
    this.#version = version;
  }

  output(): Output {
    return { log: [...this.#log], last: this.#last };
  }

  // As `promise.then(run).then(complete, fail)`: a promise that a callback returns is taken over with a job of its own.
  start(program: Block, input: Json): void {
    const ended = (result: Output): void =>
      this.#jobs.add(() => this.#engine.end({ kind: 'complete', result: { ...result } }));
    const failed = (error: unknown): void => this.#jobs.add(() => this.#fail(error));
    this.#jobs.add(() => {
      const main = spawn(this.#jobs, this.#main(program, input));
      this.#jobs.add(() => main.on(ended, failed));
    });
  }

  *#main(program: Block, input: Json): Task<Output> {
    this.#log.push(JSON.stringify(input));
    yield* wait(spawn(this.#jobs, this.#block(program)));
    return this.output();
  }

  #fail(error: unknown): void {
    if (error instanceof ModelFailure)
      this.#engine.end({ kind: 'fail', failure: { name: error.name, message: error.message } });
  }

  *#block(block: Block): Task<void> {
    for (const statement of block) yield* wait(spawn(this.#jobs, this.#statement(statement)));
  }

  *#branch(block: Block, index: number): Task<string> {
    yield* wait(spawn(this.#jobs, this.#block(block)));
    return `${index}/${this.#last}`;
  }

  // oxlint-disable-next-line complexity -- one case for each kind of statement
  *#statement(statement: Statement): Task<void> {
    const jobs = this.#jobs;
    const run = (block: Block): Task<void> => wait(spawn(jobs, this.#block(block)));
    switch (statement.kind) {
      case 'call': {
        const { callId, cell } = this.#call(statement);
        return this.#arrived(callId, yield* wait(cell));
      }
      case 'start':
        this.#handles.push(this.#call(statement.call));
        return undefined;
      case 'join': {
        const handle = this.#handles[statement.index % this.#handles.length];
        if (handle) this.#arrived(handle.callId, yield* wait(handle.cell));
        return undefined;
      }
      case 'all':
      case 'race':
      case 'settled': {
        const { kind, label, branches } = statement;
        const cells = branches.map((branch, index) => spawn(jobs, this.#branch(branch, index)));
        if (kind === 'all') this.#log.push(`all ${label}: ${(yield* wait(all(jobs, cells))).join()}`);
        else if (kind === 'race') this.#log.push(`race ${label}: ${yield* wait(race(jobs, cells))}`);
        else this.#log.push(`settled ${label}: ${(yield* wait(settled(jobs, cells))).join()}`);
        return undefined;
      }
      case 'loop':
        for (let turn = 0; turn < statement.times; turn += 1) yield* run(statement.body);
        return undefined;
      case 'sleep':
        yield* wait(this.#engine.sleep(statement.ms));
        this.#log.push(`slept ${statement.label}`);
        return undefined;
      case 'wait': {
        const { label, signal, more, timeoutMs } = statement;
        if (!this.#handled.has(signal)) this.#handle(signal, `${label}`, null);
        const target = this.#received[signal] + more;
        const inTime = yield* wait(this.#engine.condition(() => this.#received[signal] >= target, timeoutMs));
        this.#log.push(`waited ${label}: ${inTime}`);
        return undefined;
      }
      case 'handler':
        return this.#handle(statement.signal, `${statement.label}`, statement.call, statement.relay);
      case 'try':
        try {
          yield* run(statement.body);
        } catch (error) {
          if (!(error instanceof ModelFailure)) throw error;
          this.#log.push(`caught ${statement.label}: ${error.name}: ${error.message}`);
          yield* run(statement.rescue);
        }
        return undefined;
      case 'if':
        return yield* run(this.#test(statement.test) ? statement.yes : statement.no);
      case 'patch':
        return yield* run(this.#isNew(statement.id) ? statement.yes : statement.no);
      case 'throw':
        throw new ModelFailure({ name: 'RangeError', message: `thrown ${statement.label}` });
    }
  }

  #call(call: Call): { callId: string; cell: Cell<Result | undefined> } {
    const occurrence = (this.#occurrences.get(call.label) ?? 0) + 1;
    this.#occurrences.set(call.label, occurrence);
    const callId = `${call.label}.${occurrence}`;
    const arg: Argument = { value: this.#evaluate(call.arg), list: [] };
    return { callId, cell: this.#engine.call(call, callId, arg, { retry: POLICIES[call.policy] }) };
  }

  #arrived(callId: string, result: Result | undefined): void {
    this.#log.push(`${callId}=${result ? `${result.value} ${result.list.join()}` : 'nothing'}`);
    this.#last = result?.value ?? this.#last;
    result?.list.push('changed by the workflow');
  }

  #handle(signal: SignalName, label: string, call: Call | null, relay = false): void {
    this.#handled.add(signal);
    let isFirst = true;
    this.#engine.handle(signal, ({ n }) => {
      this.#received[signal] += 1;
      this.#log.push(`${signal} ${n} in ${label}`);
      const replaces = relay && isFirst;
      isFirst = false;
      if (replaces) this.#handle(signal, `${label}'`, null);
      if (call)
        spawn(this.#jobs, this.#answer(call)).on(
          () => {},
          (error) => this.#fail(error),
        );
    });
  }

  *#answer(call: Call): Task<void> {
    const { callId, cell } = this.#call(call);
    this.#arrived(callId, yield* wait(cell));
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
        return modelUuid(() => this.#engine.random());
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
    if (this.#version === 1 || this.#version === 2) {
      const isNew = this.#engine.patched(id, this.#version === 2);
      return this.#version === 2 || isNew;
    }
    return this.#version > 0;
  }
}
