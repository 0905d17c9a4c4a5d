import { isDeepStrictEqual } from 'node:util';
import { figure } from './words.js';

/** A place at which two worlds differ, with what stands there in short. */
export interface Difference {
  readonly path: string;
  readonly expected: string;
  readonly actual: string;
}

const MOST_NAMED = 8;

/** Where two values differ: as deep as needed for the short forms to differ, and no deeper. */
export function differences(expected: unknown, actual: unknown, path = ''): Difference[] {
  if (isDeepStrictEqual(expected, actual)) return [];
  if (isRecord(expected) && isRecord(actual)) {
    const names = [...new Set([...Object.keys(expected), ...Object.keys(actual)])];
    return names.flatMap((name) =>
      differences(at(expected, name), at(actual, name), path === '' ? name : `${path}.${name}`),
    );
  }
  const [before, after] = [short(expected), short(actual)];
  // The same number of the same ids: the difference is inside one of them.
  if (before === after && Array.isArray(expected) && Array.isArray(actual)) {
    return expected.flatMap((item, index) => differences(item, actual[index], `${path}[${index}]`));
  }
  return [{ path, expected: before, actual: after }];
}

// A world may well have something called "constructor".
function at(record: Record<string, unknown>, name: string): unknown {
  return Object.hasOwn(record, name) ? record[name] : undefined;
}

/** `2: ch_1, ch_2` for a list, what is written in JSON for anything else. */
function short(value: unknown): string {
  if (value === undefined) return 'nothing';
  if (!Array.isArray(value)) return JSON.stringify(value);
  if (value.length === 0) return '0';
  const names = value.slice(0, MOST_NAMED).map((item: unknown) => nameOf(item));
  const more = value.length - names.length;
  return `${figure(value.length)}: ${names.join(', ')}${more > 0 ? `, and ${figure(more)} more` : ''}`;
}

function nameOf(item: unknown): string {
  const name = isRecord(item) ? item['id'] : item;
  return typeof name === 'string' || typeof name === 'number' ? String(name) : JSON.stringify(item);
}

function isRecord(value: unknown): value is Record<string, unknown> {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}
