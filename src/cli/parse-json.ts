import type { Json } from '../engine/index.js';
import { cliError } from './errors.js';

/** An argument as JSON. Throws `usage`, with what the shell handed over. */
export function parseJson(text: string, what: string): Json {
  try {
    return JSON.parse(text) as Json;
  } catch (error) {
    const message = `${what} is not JSON: ${text}\n(${error instanceof Error ? error.message : String(error)})`;
    // A bare word is the usual slip: the shell has eaten the quotes.
    const hint = `Quote it for the shell: '{"id":1}', and a text as '"text"'.`;
    throw cliError('usage', message, { cause: error, hint });
  }
}
