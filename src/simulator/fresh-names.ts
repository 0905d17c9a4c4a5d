import { FRESH_ID } from './canonical.js';

/**
 * The value with the fresh ids of one state put for those of another of the same key. What that one does not show gets
 * numbers by first use, past all that are ever given.
 */
export function renamedIds<T>(value: T, from: readonly string[], to: readonly string[]): T {
  const names = new Map(from.map((id, index) => [id, to[index]!]));
  let hidden = 1_000_000_000;
  const nameOf = (id: string): string => {
    if (!names.has(id)) names.set(id, `uuid-${(hidden += 1)}`);
    return names.get(id)!;
  };
  return JSON.parse(JSON.stringify(value).replaceAll(FRESH_ID, nameOf)) as T;
}
