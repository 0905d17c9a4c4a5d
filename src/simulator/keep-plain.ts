import { toPayload } from '../engine/index.js';

const kept = new WeakSet();
const MAX_DEPTH = 1_000;

/**
 * Freezes plain data, so that snapshots can share it: code that changed it in place would change the past. What was
 * frozen here before is not walked again. Throws `not-serializable` for what a key could not tell apart.
 */
export function keepPlain<T>(value: T, where: string, depth = 0): T {
  if (typeof value === 'object' && value !== null && kept.has(value)) return value;
  // Past that depth it is a circle, most likely, which is then named.
  toPayload(depth < MAX_DEPTH ? levelOf(value) : value, where);
  if (typeof value !== 'object' || value === null) return value;
  for (const [key, member] of Object.entries(value)) {
    if (typeof member === 'object')
      keepPlain(member, Array.isArray(value) ? `${where}[${key}]` : `${where}.${key}`, depth + 1);
  }
  kept.add(value);
  return Object.freeze(value);
}

/** The value without what is nested in it. */
function levelOf(value: unknown): unknown {
  if (typeof value !== 'object' || value === null) return value;
  const level = Object.assign(Array.isArray(value) ? [] : Object.create(Object.getPrototypeOf(value)), value) as Record<
    string,
    unknown
  >;
  for (const [key, member] of Object.entries(level)) if (typeof member === 'object') level[key] = null;
  if (Array.isArray(value)) level['length'] = value.length;
  return level;
}
