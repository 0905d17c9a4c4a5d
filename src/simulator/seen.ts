import type { Answer, Service } from './service.js';
import { sortedText } from './sorted-text.js';

/** What anybody can see of an answer, as text: the result, the effect, and what the view shows of the state after it. */
export function seenOf(
  // oxlint-disable-next-line typescript/no-explicit-any -- any service, whatever its state
  { view = (state) => state }: Pick<Service<any, any>, 'view'>,
  { result, effect, state }: Pick<Answer<unknown>, 'result' | 'effect' | 'state'>,
): string {
  return `${sortedText(result)} ${effect} ${sortedText(view(state))}`;
}
