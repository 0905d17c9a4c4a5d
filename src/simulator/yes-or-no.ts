import { simulatorError } from './errors.js';

/**
 * What a question of the scenario is answered with. Throws `scenario-invalid` for a promise, which is true whatever it
 * comes to: an `async` invariant would hold in every state.
 */
export function yesOrNo(answer: unknown, property: string): boolean {
  if (typeof answer === 'object' && answer !== null && 'then' in answer) {
    throw simulatorError('scenario-invalid', `"${property}" is answered with a promise: it must not be async.`);
  }
  return Boolean(answer);
}
