import { Deadline } from './state.js';

/** Canonical text of one part of a state: members sorted, deadlines as marks that are filled in once now is known. */
export interface Fragment {
  readonly text: string;
  readonly deadlines: readonly number[];
}

// A control character cannot occur in JSON text, so a mark cannot be mistaken for data.
// oxlint-disable-next-line no-control-regex
const MARK = /\u0001(-?[\d.e+]+)\u0001/g;

export function fragmentOf(view: unknown): Fragment {
  const deadlines: number[] = [];
  return { text: textOf(view, deadlines), deadlines };
}

/**
 * The key of a durable state: whole canonical text, nothing hashed. Deadlines become `past` or their rank among those
 * to come, fresh ids (`uuid-7`) are renamed by first use. Two states of one key differ in nothing that a life can act
 * on, as far as the views tell the truth; the check of the projections holds them to it.
 */
export function keyOf(fragments: readonly Fragment[], now: number): string {
  const ahead = deadlinesAhead(fragments, now);
  return renameFreshIds(fill(fragments, (time) => (time <= now ? 'past' : `d${ahead.indexOf(time)}`)));
}

/** As `keyOf`, but with every time as its distance from now. */
export function distancesOf(fragments: readonly Fragment[], now: number): string {
  return renameFreshIds(fill(fragments, (time) => String(time - now)));
}

/** The deadlines that lie ahead of `now`, in their order, each time once. */
export function deadlinesAhead(fragments: readonly Fragment[], now: number): number[] {
  const ahead = new Set(fragments.flatMap(({ deadlines }) => deadlines.filter((time) => time > now)));
  return [...ahead].sort((a, b) => a - b);
}

function fill(fragments: readonly Fragment[], write: (time: number) => string): string {
  const text = fragments.map((fragment) => fragment.text).join('\n');
  return text.replaceAll(MARK, (_, time: string) => `"${write(Number(time))}"`);
}

function textOf(value: unknown, deadlines: number[]): string {
  if (value instanceof Deadline) {
    deadlines.push(value.timeMs);
    return `\u0001${value.timeMs}\u0001`;
  }
  if (Array.isArray(value)) return `[${value.map((item) => textOf(item, deadlines)).join(',')}]`;
  if (typeof value !== 'object' || value === null) return JSON.stringify(value) ?? 'null';
  const members = Object.entries(value).filter(([, member]) => member !== undefined);
  members.sort(([a], [b]) => (a < b ? -1 : 1));
  return `{${members.map(([key, member]) => `${JSON.stringify(key)}:${textOf(member, deadlines)}`).join(',')}}`;
}

/** `uuid-<n>` by first use, so that it does not matter how many ids other lives have used up. */
export function renameFreshIds(text: string): string {
  const names = new Map<string, string>();
  return text.replaceAll(/\buuid-\d+\b/g, (id) => {
    if (!names.has(id)) names.set(id, `id${names.size + 1}`);
    return names.get(id)!;
  });
}
