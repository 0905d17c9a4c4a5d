import type { History } from '../engine/index.js';

const ISO = /^\d{4}-\d\d-\d\d(T[\d:.]+(Z|[+-]\d\d:\d\d))?$/;

/** Points in time that payloads of these events name, in ms since 1970: numbers of that size, and texts in ISO 8601. */
export function instantsIn(events: History): readonly number[] {
  const found: number[] = [];
  const look = (value: unknown): void => {
    if (found.length >= 20) return;
    if (typeof value === 'number' && value > 5e11 && value < 5e12) found.push(value);
    else if (typeof value === 'string' && ISO.test(value)) found.push(Date.parse(value));
    else if (typeof value === 'object' && value !== null) Object.values(value).forEach(look);
  };
  for (const event of events) {
    if ('input' in event) look(event.input);
    if ('result' in event) look(event.result);
    if ('args' in event) look(event.args);
  }
  return found;
}
