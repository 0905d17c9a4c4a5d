import fc from 'fast-check';

/** Values that were seen, and such that differ from one of them in one place. */
export function learnedValues(seen: readonly unknown[]): fc.Arbitrary<unknown> {
  const one = fc.constantFrom(...seen);
  const changed = fc.tuple(one, one, fc.nat(1_000), fc.nat(1_000)).map(([value, other, where, how]) => {
    const paths = pathsOf(value);
    const path = paths[where % paths.length]!;
    return changedAt(value, path, (old) => neighbour(old, at(other, path), how));
  });
  return fc.oneof({ arbitrary: one, weight: 2 }, { arbitrary: changed, weight: 1 });
}

type Path = readonly string[];

const GONE = Symbol('gone');

function isParent(value: unknown): value is Record<string, unknown> {
  return typeof value === 'object' && value !== null;
}

function pathsOf(value: unknown): readonly Path[] {
  const below = isParent(value) ? Object.entries(value) : [];
  return [[], ...below.flatMap(([key, member]) => pathsOf(member).map((path) => [key, ...path]))];
}

function at(value: unknown, path: Path): unknown {
  return path.reduce<unknown>((here, key) => (isParent(here) ? here[key] : undefined), value);
}

function changedAt(value: unknown, [key, ...rest]: Path, change: (old: unknown) => unknown): unknown {
  if (key === undefined) {
    const found = change(value);
    return found === GONE ? null : found;
  }
  if (!isParent(value)) return value;
  const member = rest.length === 0 ? change(value[key]) : changedAt(value[key], rest, change);
  if (Array.isArray(value))
    return value.flatMap((one: unknown, n) => (`${n}` !== key ? [one] : member === GONE ? [] : [member]));
  const others = Object.entries(value).map(([name, old]) => [name, name === key ? member : old] as const);
  return Object.fromEntries(others.filter(([, old]) => old !== GONE));
}

/** Something like it: what stands there in another value, or what lies beside it. */
function neighbour(old: unknown, other: unknown, how: number): unknown {
  const pick = <T>(...choices: readonly T[]): T => choices[how % choices.length]!;
  if (other !== undefined && how % 2 === 0) return other;
  switch (typeof old) {
    case 'number':
      return pick(0, old + 1, old - 1, -old, old * 2);
    case 'string':
      return pick('', `${old}2`, old.slice(0, -1));
    case 'boolean':
      return !old;
    default:
      if (Array.isArray(old)) return pick<unknown>([], [...(old as unknown[]), ...(old as unknown[])], old.slice(1));
      return isParent(old) ? GONE : old;
  }
}
