import type { z } from 'zod';
import { historySchema, type HistoryBundle } from '../../results/index.js';
import { corpusError } from './errors.js';

/** A history that this version can replay, or why it cannot. */
export type ParsedHistory =
  | { readonly kind: 'history'; readonly bundle: HistoryBundle }
  | { readonly kind: 'unsupported'; readonly id: string; readonly workflow: string; readonly reason: string };

const SCHEMA = /^crashwise\/history@(\d+)$/;

/** One bundle. Throws `history-unreadable` for what is no JSON, and `not-a-history` for what is none. */
export function parseHistory(text: string): ParsedHistory {
  const value = jsonOf(text);
  const { schema, engine, codec, id, workflow } = (
    typeof value === 'object' && value !== null ? value : {}
  ) as Readonly<Record<string, unknown>>;
  const [, number] = (typeof schema === 'string' && SCHEMA.exec(schema)) || [];
  if (number === undefined) throw corpusError('not-a-history', `${whatElse(value)}.`);
  const unsupported = (reason: string): ParsedHistory => {
    return { kind: 'unsupported', id: named(id), workflow: named(workflow), reason };
  };
  if (number !== '1') return unsupported(`It is of ${String(schema)}; this version reads crashwise/history@1.`);
  const name = (engine as { readonly name?: unknown } | undefined)?.name;
  if (typeof name === 'string' && name !== 'reference') {
    return unsupported(`The engine "${name}" recorded it; this version replays those of the reference engine.`);
  }
  if (typeof codec === 'string' && codec !== 'json') {
    return unsupported(`Its values are in the codec "${codec}"; this version reads "json".`);
  }
  return { kind: 'history', bundle: checked(value) };
}

function jsonOf(text: string): unknown {
  if (text.trim() === '') throw corpusError('history-unreadable', 'It is empty.');
  try {
    return JSON.parse(text);
  } catch (cause) {
    const { message } = cause as Error;
    const [, position] = /at position (\d+)/.exec(message) ?? [];
    const isCut =
      position === undefined ? message.includes('Unexpected end') : Number(position) >= text.trimEnd().length;
    const cut = isCut ? 'It ends in the middle, as a truncated file does: ' : '';
    throw corpusError('history-unreadable', `${cut}${message.split('\n')[0]}.`, { cause });
  }
}

function checked(value: unknown): HistoryBundle {
  const { error } = parsed(value);
  if (error) {
    const [{ path = [], message } = { message: 'it has another form' }] = error.issues;
    throw corpusError('not-a-history', `Its ${pathText(path) || 'form'} is not as it has to be: ${message}.`);
  }
  const bundle = value as HistoryBundle;
  const [started] = bundle.events;
  if (started?.type !== 'started') throw corpusError('not-a-history', 'Its first event is not "started".');
  const other = (['id', 'workflow'] as const).find((key) => started[key] !== bundle[key]);
  if (other) {
    const text = `Its ${other} is "${bundle[other]}", and that of its first event is "${started[other]}".`;
    throw corpusError('not-a-history', text);
  }
  return bundle;
}

function parsed(value: unknown): z.ZodSafeParseResult<HistoryBundle> {
  try {
    return historySchema.safeParse(value);
  } catch (cause) {
    // Values nested so deep that they cannot be walked.
    throw corpusError('not-a-history', `It cannot be checked: ${(cause as Error).message}.`, { cause });
  }
}

function whatElse(value: unknown): string {
  if (Array.isArray(value)) return 'It is a list of things; histories stand one a line, without brackets and commas';
  if (typeof value !== 'object' || value === null) return `It is ${value === null ? 'null' : `a ${typeof value}`}`;
  const { schema, events } = value as { readonly schema?: unknown; readonly events?: unknown };
  if (schema === 'crashwise/engine-show@1') return 'It is what `engine show` prints';
  if (typeof schema === 'string') return `Its schema is ${JSON.stringify(schema.slice(0, 60))}`;
  const first: unknown = Array.isArray(events) ? events[0] : undefined;
  if (typeof first === 'object' && first !== null && 'eventType' in first) return 'It looks like a history of Temporal';
  return 'It is JSON without the schema of a history';
}

function named(value: unknown): string {
  return typeof value === 'string' ? value : '(unnamed)';
}

function pathText(path: readonly PropertyKey[]): string {
  return path
    .map((key, at) => (typeof key === 'number' ? `[${key}]` : `${at === 0 ? '' : '.'}${String(key)}`))
    .join('');
}
