import { isDeepStrictEqual } from 'node:util';
import type { Command, Drift } from '../../engine/index.js';
import type { ChangedValue } from './outcome.js';

/** One option or duration that the code has changed since. */
export interface Change extends ChangedValue {
  /** `activity charge`, or `timer`. */
  readonly command: string;
  /** Within the command: `options.retry.maximumAttempts`. */
  readonly path: string;
  readonly drift: Drift;
}

/** All that has drifted in a command; the engine names the first of it. */
export function changesOf(drift: Drift): readonly Change[] {
  const { recorded, current } = drift;
  const command = nameOf(recorded);
  return differences(mutable(recorded), mutable(current), '').map((one) => ({ ...one, command, drift }));
}

export function nameOf(command: Command): string {
  return command.kind === 'activity' ? `activity ${command.name}` : command.kind;
}

// What the engine lets drift.
function mutable(command: Command): object {
  if (command.kind === 'activity') return { options: command.options };
  return command.kind === 'timer' ? { durationMs: command.durationMs } : {};
}

function differences(recorded: unknown, now: unknown, path: string): Omit<Change, 'command' | 'drift'>[] {
  if (Object.is(recorded, now)) return [];
  if (!isRecord(recorded) || !isRecord(now)) {
    return isDeepStrictEqual(recorded, now) ? [] : [{ path, recorded: recorded ?? null, now: now ?? null }];
  }
  return [...new Set([...Object.keys(recorded), ...Object.keys(now)])].flatMap((key) =>
    differences(recorded[key], now[key], path === '' ? key : `${path}.${key}`),
  );
}

function isRecord(value: unknown): value is Record<string, unknown> {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}
