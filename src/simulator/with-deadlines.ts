import { Deadline } from './state.js';

/** The value with a `Deadline` for each `{ deadlineMs }` in it: a time of which only its side of now and its rank count. */
export function withDeadlines(value: unknown): unknown {
  if (typeof value !== 'object' || value === null) return value;
  if (Array.isArray(value)) return value.map(withDeadlines);
  const members = Object.entries(value);
  const [name, timeMs] = members[0] ?? [];
  if (members.length === 1 && name === 'deadlineMs' && typeof timeMs === 'number') return new Deadline(timeMs);
  return Object.fromEntries(members.map(([key, member]) => [key, withDeadlines(member)]));
}
