import { isDeepStrictEqual } from 'node:util';

/** Whether nobody can tell two values of plain data apart, not even by the order of their members. */
export function isSame(one: unknown, other: unknown): boolean {
  return one === other || (isDeepStrictEqual(one, other) && JSON.stringify(one) === JSON.stringify(other));
}
