import { activityInfo } from '../../engine/index.js';

const NAMES: ReadonlySet<string> = new Set(['key', 'idempotencyKey', 'idempotency_key', 'requestId', 'request_id']);

/**
 * The arguments with another idempotency key; undefined if they hold none. A key is what the engine has handed to the
 * activity that makes the call, or what stands under one of the usual names.
 */
export function withOtherKey(args: readonly unknown[], other: (key: string) => string): readonly unknown[] | undefined {
  let found = false;
  const given = engineKey();
  const changed = (value: unknown, name?: string): unknown => {
    if (typeof value === 'string' && (value === given || (name !== undefined && NAMES.has(name)))) {
      found = true;
      return other(value);
    }
    if (Array.isArray(value)) return value.map((item) => changed(item));
    if (typeof value !== 'object' || value === null) return value;
    return Object.fromEntries(Object.entries(value).map(([key, member]) => [key, changed(member, key)]));
  };
  const result = args.map((arg) => changed(arg));
  return found ? result : undefined;
}

function engineKey(): string | undefined {
  try {
    return activityInfo().idempotencyKey;
  } catch {
    return undefined; // No activity of the engine: a job, a pass, a handler.
  }
}
