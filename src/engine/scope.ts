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

/** Looks on at code that is no workflow: every call goes through and is noted. */
export interface Tracer extends Pick<Scope, 'note'> {
  readonly guard: 'traced';
}

// Async context, not a plain global: a promise callback of the host that happens to run while a workflow is drained
// must see the live clock, and a workflow that resumes after a foreign await must not.
const storage = new AsyncLocalStorage<Scope | Tracer>();

/** The workflow run, or the tracer, that the calling code belongs to, if any. */
export function currentScope(): Scope | Tracer | undefined {
  return storage.getStore();
}

export function runInScope<T>(scope: Scope | Tracer, body: () => T): T {
  return storage.run(scope, body);
}

/** Runs engine code that is called from workflow code without the guard over it. */
export function outsideScope<T>(body: () => T): T {
  return storage.exit(body);
}
