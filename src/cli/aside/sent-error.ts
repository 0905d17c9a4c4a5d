import { CrashwiseError } from '../../engine/crashwise-error.js';
import { knownError } from '../known-error.js';
import type { SentError } from './messages.js';

/** What is left of an error on its way between threads: all that is told of it. */
export function sentError(error: unknown): SentError {
  const known = knownError(error);
  if (known) {
    const { code, message, next, hint } = known;
    return { code, message, next, hint };
  }
  const message = error instanceof Error ? error.message : String(error);
  return { message, stack: error instanceof Error ? (error.stack ?? message) : message };
}

/** The error that was sent. */
export function receivedError(sent: SentError): Error {
  if ('code' in sent) return new CrashwiseError(sent.code, sent.message, sent);
  return Object.assign(new Error(sent.message), { stack: sent.stack });
}
