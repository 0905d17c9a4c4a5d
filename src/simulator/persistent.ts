import { createHash } from 'node:crypto';

/**
 * An immutable map of plain data: a tree over the hashes of the keys, in which a change copies one path and shares the
 * rest. Its shape follows from the keys alone, not from the order in which they came. Nothing is ever taken out.
 */
export type Persistent<V> = { readonly few: Readonly<Record<string, V>> } | { readonly many: readonly Persistent<V>[] };

const WIDTH = 16;
const MAX_FEW = 8;

export function emptyMap<V>(): Persistent<V> {
  return { few: {} };
}

export function valueAt<V>(map: Persistent<V>, key: string): V | undefined {
  let node = map;
  for (let depth = 0; 'many' in node; depth += 1) node = node.many[slotOf(key, depth)]!;
  return Object.hasOwn(node.few, key) ? node.few[key] : undefined;
}

/** The map with this entry. */
export function withValue<V>(map: Persistent<V>, key: string, value: V, depth = 0): Persistent<V> {
  if ('many' in map) {
    const slot = slotOf(key, depth);
    return Object.freeze({ many: map.many.with(slot, withValue(map.many[slot]!, key, value, depth + 1)) });
  }
  const few = { ...map.few, [key]: value };
  if (Object.keys(few).length <= MAX_FEW) return Object.freeze({ few: Object.freeze(few) });
  let split: Persistent<V> = { many: Array.from({ length: WIDTH }, emptyMap<V>) };
  for (const [each, its] of Object.entries(few)) split = withValue(split, each, its, depth);
  return split;
}

export function entriesOf<V>(map: Persistent<V>): [string, V][] {
  return 'many' in map ? map.many.flatMap(entriesOf) : Object.entries(map.few);
}

const hashes = new Map<string, string>();

// One digit of the hash for each level; there are more digits than levels that memory has room for.
function slotOf(key: string, depth: number): number {
  let hash = hashes.get(key);
  if (hash === undefined) hashes.set(key, (hash = createHash('sha256').update(key).digest('hex')));
  return Number.parseInt(hash[depth % hash.length]!, WIDTH);
}
