import { fileURLToPath } from 'node:url';
import { engineError } from '../engine/errors.js';

/** The path that was handed to `expect()`, or that of the URL that was. Throws `invalid-argument` for anything else. */
export function fileIn(received: unknown): string {
  if (typeof received === 'string') return received;
  // By its parts: a browser environment of vitest has a class URL of its own.
  if (typeof received === 'object' && received !== null && 'href' in received) {
    const url = String(received.href);
    if (url.startsWith('file:')) return fileURLToPath(url);
  }
  const message = 'expect() was given neither the path nor the file URL of a module with workflows.';
  throw engineError('invalid-argument', message);
}
