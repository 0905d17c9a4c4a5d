import { createHash } from 'node:crypto';

/**
 * An immutable map of plain data: a tree over the hashes of the keys, in which a change copies one path and shares the
 * rest. Its shape follows from the keys alone, not from the order in which they came. Nothing is ever taken out.
 */
export class Persistent<V> {
  readonly few: Readonly<Record<string, V>> | undefined;
  readonly many: readonly Persistent<V>[] | undefined;
  #memo: unknown;

  constructor(few: Readonly<Record<string, V>> | undefined, many?: readonly Persistent<V>[]) {
    this.few = few;
    this.many = many;
  }

  /** What the explorer has made of it. No part of the map. */
  get memo(): unknown {
    return this.#memo;
  }

  set memo(memo: unknown) {
    this.#memo = memo;
  }
}

const WIDTH = 16;
const MAX_FEW = 8;

export function emptyMap<V>(): Persistent<V> {
  return new Persistent<V>({});
}

export function valueAt<V>(map: Persistent<V>, key: string): V | undefined {
  let node = map;
  for (let depth = 0; node.many; depth += 1) node = node.many[slotOf(key, depth)]!;
  return Object.hasOwn(node.few!, key) ? node.few![key] : undefined;
}

/** The map with this entry. */
export function withValue<V>(map: Persistent<V>, key: string, value: V, depth = 0): Persistent<V> {
  if (map.many) {
    const slot = slotOf(key, depth);
    return new Persistent<V>(undefined, map.many.with(slot, withValue(map.many[slot]!, key, value, depth + 1)));
  }
  const few = { ...map.few, [key]: value };
  if (Object.keys(few).length <= MAX_FEW) return new Persistent<V>(few);
  let split = new Persistent<V>(undefined, Array.from({ length: WIDTH }, emptyMap<V>));
  for (const [each, its] of Object.entries(few)) split = withValue(split, each, its, depth);
  return split;
}

export function entriesOf<V>(map: Persistent<V>): [string, V][] {
  return map.many ? map.many.flatMap(entriesOf) : (Object.entries(map.few!) as [string, V][]);
}

const digits = new Map<string, readonly number[]>();

// One digit of the hash for each level; there are more digits than levels that memory has room for.
function slotOf(key: string, depth: number): number {
  let its = digits.get(key);
  if (its === undefined) {
    const hash = createHash('sha256').update(key).digest('hex');
    digits.set(key, (its = Array.from(hash, (digit) => Number.parseInt(digit, WIDTH))));
  }
  return its[depth % its.length]!;
}
