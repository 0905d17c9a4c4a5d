import { CrashwiseError } from './crashwise-error.js';
import { engineError } from './errors.js';
import type { Failure } from './history.js';

/** What an activity of a workflow threw, after its last attempt. `failure` is what the history holds of it. */
export class ActivityFailure extends Error {
  override readonly name = 'ActivityFailure';
  readonly activity: string;
  readonly failure: Failure;

  constructor(activity: string, failure: Failure) {
    super(`${activity} failed: ${failure.message}`);
    this.activity = activity;
    this.failure = failure;
  }
}

/** Thrown by `client.result()` when the workflow has failed: the failure that its code ended with. */
export class ExecutionFailure extends Error {
  override readonly name = 'ExecutionFailure';
  readonly failure: Failure;

  constructor(id: string, failure: Failure) {
    super(`execution ${id} failed: ${failure.name}: ${failure.message}`);
    this.failure = failure;
  }
}

const MAX_MESSAGE_CHARS = 10_000;

/** The recordable part of anything that was thrown. Never throws itself. */
export function toFailure(error: unknown): Failure {
  try {
    if (!(error instanceof Error))
      return { name: 'Error', message: clip(typeof error === 'object' ? JSON.stringify(error) : String(error)) };
    const code = 'code' in error && typeof error.code === 'string' ? { code: clip(error.code) } : {};
    return { name: clip(String(error.name)), message: clip(String(error.message)), ...code };
  } catch {
    return { name: 'Error', message: '(an error that cannot be read)' }; // A getter or a conversion of its own threw.
  }
}

function clip(text: string): string {
  return text.length > MAX_MESSAGE_CHARS ? `${text.slice(0, MAX_MESSAGE_CHARS)} [cut]` : text;
}

/** The error itself, if it has a code; else a `life-error` that says what it kept from happening. */
export function asCrashwiseError(error: unknown, what: string): CrashwiseError {
  if (CrashwiseError.is(error)) return error;
  return engineError('life-error', `${what}: ${toFailure(error).message}`, { cause: error });
}
