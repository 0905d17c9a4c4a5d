import { checkPositive } from './check.js';
import type { Workflow } from './definition.js';
import { engineError } from './errors.js';
import type { ActivityOptions, Json } from './history.js';
import { Run } from './run.js';
import { currentScope } from './scope.js';

export type { Workflow } from './definition.js';

/**
 * Defines a workflow. The function may await only what this module hands out, and must decide the same whenever it
 * runs over the same history; what it throws fails the execution.
 *
 * @example
 * const { charge } = activities<typeof import('./activities.js')>({ startToCloseTimeoutMs: 10_000 });
 * export const order = workflow('order', async (input: { id: string; amount: number }) => {
 *   const receipt = await charge(input.id, input.amount);
 *   return receipt.number;
 * });
 */
export function workflow<Input, Output>(
  name: string,
  run: (input: Input) => Promise<Output> | Output,
  options: { strict?: boolean } = {},
): Workflow<Input, Output> {
  return { name, run, strict: options.strict ?? false };
}

// oxlint-disable-next-line typescript/no-explicit-any -- a constraint over functions of every signature
type Activities = Record<string, (...args: any[]) => unknown>;

/** The activities of `T` as workflow code sees them: each returns a promise of what was recorded. */
export type ActivityProxy<T> = {
  readonly [K in keyof T as T[K] extends Activities[string] ? K : never]: T[K] extends (...args: infer A) => infer R
    ? (...args: A) => Promise<Awaited<R>>
    : never;
};

/**
 * Typed calls of activities. Each call is recorded and runs at least once in the worker that holds the execution;
 * an attempt that fails is tried again as `options.retry` says (default: without end, from 1 s on, doubling), and a
 * failure for good rejects with `ActivityFailure`.
 */
export function activities<T extends object>(options: ActivityOptions = {}): ActivityProxy<T> {
  const { retry = {} } = options;
  if (typeof retry !== 'object' || retry === null) throw engineError('invalid-argument', 'retry is a retry policy.');
  const { nonRetryableErrors = [], ...numbers } = retry;
  checkPositive({ ...numbers, startToCloseTimeoutMs: options.startToCloseTimeoutMs });
  if (!Array.isArray(nonRetryableErrors) || nonRetryableErrors.some((name) => typeof name !== 'string')) {
    throw engineError('invalid-argument', 'nonRetryableErrors is a list of names of errors.');
  }
  const recorded = JSON.parse(JSON.stringify(options)) as ActivityOptions;
  return new Proxy({} as ActivityProxy<T>, {
    get: (_, name) => {
      // `await proxy`, or returning it from an async function, must not look like a call of an activity "then".
      if (typeof name !== 'string' || name === 'then') return undefined;
      return (...args: unknown[]) => current(name).activity(name, args, recorded);
    },
  });
}

/** Waits `durationMs`, durably: no process has to stay alive, and thirty days cost what a second costs. */
export function sleep(durationMs: number): Promise<void> {
  return current('sleep').timer(durationMs).fired;
}

/**
 * Waits until `predicate` is true: it is asked now and after each event that the workflow sees. With `timeoutMs`, a
 * durable timer; resolves to false if that fires first. A predicate that throws rejects.
 */
export function condition(predicate: () => boolean): Promise<true>;
export function condition(predicate: () => boolean, timeoutMs: number): Promise<boolean>;
export function condition(predicate: () => boolean, timeoutMs?: number): Promise<boolean> {
  return current('condition').condition(predicate, timeoutMs);
}

declare const payload: unique symbol;

/** A signal: a message to an execution, recorded in its history, never dropped. */
export interface Signal<Args extends readonly Json[] = readonly Json[]> {
  readonly kind: 'signal';
  readonly name: string;
  readonly [payload]?: Args;
}

/** A query: a question that is answered from the state of an execution and leaves no trace. */
export interface Query<Answer = unknown, Args extends readonly Json[] = readonly Json[]> {
  readonly kind: 'query';
  readonly name: string;
  readonly [payload]?: [Answer, Args];
}

export function defineSignal<Args extends readonly Json[] = []>(name: string): Signal<Args> {
  return { kind: 'signal', name };
}

export function defineQuery<Answer, Args extends readonly Json[] = []>(name: string): Query<Answer, Args> {
  return { kind: 'query', name };
}

/**
 * Says what the workflow does with a signal, or how it answers a query; a later call for the same one takes its place.
 * Signals that came before are handed to the handler at once, in their order, each to the one that is set when its turn
 * comes. A signal handler that throws fails the execution.
 */
export function setHandler<Args extends readonly Json[]>(
  signal: Signal<Args>,
  handler: (...args: Args) => void | Promise<void>,
): void;
export function setHandler<Answer, Args extends readonly Json[]>(
  query: Query<Answer, Args>,
  handler: (...args: Args) => Answer,
): void;
export function setHandler(target: Signal | Query, handler: (...args: never[]) => unknown): void {
  current('setHandler').setHandler(target.kind, target.name, handler);
}

/**
 * True for executions that reach this call for the first time with the new code, false for those that went past it
 * before: guard a change with it. One execution gets the same answer for its whole life.
 */
export function patched(id: string): boolean {
  return current('patched').patched(id, false);
}

/** Keeps the marker of a patch whose old branch is gone; remove the call once no execution of that time is open. */
export function deprecatePatch(id: string): void {
  current('deprecatePatch').patched(id, true);
}

/** The recorded time, in ms since 1970: when the event that the workflow is acting on happened. */
export function now(): number {
  return current('now').now();
}

/** A number in [0, 1), the same on every replay. */
export function random(): number {
  return current('random').random();
}

/** A version 4 UUID, the same on every replay. Not for secrets: it follows from the recorded seed. */
export function uuid(): string {
  return current('uuid').uuid();
}

/** Which execution this is. */
export function workflowInfo(): { readonly id: string; readonly workflow: string } {
  const { id, workflow: definition } = current('workflowInfo');
  return { id, workflow: definition.name };
}

function current(caller: string): Run {
  const scope = currentScope();
  if (scope instanceof Run) return scope;
  throw engineError('outside-workflow', `${caller}() was called outside a workflow.`);
}
