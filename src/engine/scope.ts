import { AsyncLocalStorage } from 'node:async_hooks';

/** A call that would give another answer on replay, and where the user's code made it. */
export interface AmbientCall {
  readonly call: string;
  /** `file:line:column`, or '' where the stack names no file of the user's. */
  readonly location: string;
}

/** How the guard asks the running workflow for recorded values. One per run of workflow code. */
export interface Scope {
  /** `guarded`: recorded value or error. `traced`: the live value goes through and the call is noted. */
  readonly guard: 'guarded' | 'traced';
  note(call: AmbientCall): void;
  /** Latches the error in the run, so that a `catch` of the user's cannot hide it, and throws it. */
  refuse(call: AmbientCall): never;
  now(): number;
  random(): number;
  uuid(): string;
}

// Async context, not a plain global: a promise callback of the host that happens to run while a workflow is drained
// must see the live clock, and a workflow that resumes after a foreign await must not.
const storage = new AsyncLocalStorage<Scope>();

/** Code that is no workflow, and of which somebody wants to hear. Disable it after use: on Node 20 it slows promises down. */
export const tracers = new AsyncLocalStorage<Tracer>();
type Tracer = Pick<Scope, 'note'> & { readonly guard: 'traced' };

/** The workflow run that the calling code belongs to, else who traces it, if anybody does. */
export function currentScope(): Scope | Tracer | undefined {
  return storage.getStore() ?? tracers.getStore();
}

export function runInScope<T>(scope: Scope, body: () => T): T {
  return storage.run(scope, body);
}

/** Runs engine code that is called from workflow code without the guard over it, and without a trace. */
export function outsideScope<T>(body: () => T): T {
  return tracers.exit(() => storage.exit(body));
}
