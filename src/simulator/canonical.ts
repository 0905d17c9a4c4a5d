import { Persistent } from './persistent.js';
import { PrefixMemo } from './prefix-memo.js';
import { Chain, Deadline, JsonText } from './state.js';

/**
 * Canonical form of one part of a state: the number of its text, in which members are sorted and what depends on the
 * moment is left open, and what belongs into the openings, in order: times of deadlines, and fresh ids.
 */
export interface Fragment {
  readonly shape: number;
  readonly openings: readonly (number | string)[];
}

/** As text is searched for them. */
export const FRESH_ID = /\buuid-\d+\b/g;
const NONE: readonly never[] = [];
/** Of a list without items: 0 is no number of a text. */
const EMPTY: Fragment = { shape: 0, openings: NONE };

/**
 * Makes canonical forms. Equal texts get equal numbers, one for each text that ever came: nothing is hashed, so two
 * forms are equal if and only if the texts are. What is frozen is taken to stay as it is, and is read once.
 */
export class Canon {
  readonly #texts = new Map<string, number>();
  readonly #jsonTexts = new Map<string, number>();
  /** Of a number and what comes after it. */
  readonly #pairs = new Map<number, number>();
  readonly #frozen = new WeakMap<object, Fragment>();
  readonly #links = new WeakMap<Chain['view'], PrefixMemo<Fragment>>();
  #count = 0;

  fragment(view: unknown): Fragment {
    if (isObject(view)) return this.#object(view);
    const openings: (number | string)[] = [];
    return made(this.#number(this.#texts, this.#text(view, openings)), openings);
  }

  #number<Key>(numbers: Map<Key, number>, key: Key): number {
    let number = numbers.get(key);
    if (number === undefined) numbers.set(key, (number = this.#count += 1));
    return number;
  }

  // Control characters cannot occur in JSON text: an opening, and a reference to a form by its number.
  #text(value: unknown, openings: (number | string)[]): string {
    if (typeof value === 'string') return textWithIds(value, openings);
    if (!isObject(value)) return JSON.stringify(value) ?? 'null';
    if (value instanceof Deadline) {
      openings.push(value.timeMs);
      return '\u0001d';
    }
    const { shape, openings: inner } = this.#object(value);
    for (const opening of inner) openings.push(opening);
    return `\u0002${shape}`;
  }

  #object(value: object): Fragment {
    if (value instanceof Chain) return this.#chain(value);
    if (value instanceof Persistent) return this.#persistent(value);
    const openings: (number | string)[] = [];
    if (value instanceof JsonText) return made(this.#number(this.#jsonTexts, withIds(value.text, openings)), openings);
    if (value instanceof Deadline) return made(this.#number(this.#texts, this.#text(value, openings)), openings);
    const known = this.#frozen.get(value);
    if (known) return known;
    const fragment = made(this.#number(this.#texts, this.#members(value, openings)), openings);
    // What holds no other object is made again as fast as it is found.
    if (Object.isFrozen(value) && Object.values(value).some(isObject)) this.#frozen.set(value, fragment);
    return fragment;
  }

  #persistent(map: Persistent<unknown>): Fragment {
    const memo = map.memo as { owner: Canon; fragment: Fragment } | undefined;
    if (memo?.owner === this) return memo.fragment;
    const openings: (number | string)[] = [];
    const fragment = made(this.#number(this.#texts, this.#members(map.many ?? map.few!, openings)), openings);
    map.memo = { owner: this, fragment };
    return fragment;
  }

  // In loops: this is made for every state that a step leaves.
  #members(value: object, openings: (number | string)[]): string {
    let text = '';
    if (Array.isArray(value)) {
      for (const item of value) text += `,${this.#text(item, openings)}`;
      return `[${text}]`;
    }
    const record = value as Readonly<Record<string, unknown>>;
    for (const key of Object.keys(record).sort()) {
      const member = record[key];
      if (member !== undefined) text += `,${textWithIds(key, openings)}:${this.#text(member, openings)}`;
    }
    return `{${text}}`;
  }

  #chain({ list, view }: Chain): Fragment {
    let links = this.#links.get(view);
    if (!links) this.#links.set(view, (links = new PrefixMemo()));
    const known = links.of(list);
    const { items, length } = list;
    let index = Math.min(known.length, length);
    let fragment = index === 0 ? EMPTY : known[index - 1]!;
    for (; index < length; index += 1) {
      const shown = view(items[index] as never, items[index - 1] as never);
      if (shown !== undefined) fragment = this.#longer(fragment, this.fragment(shown));
      known.push(fragment);
    }
    return fragment;
  }

  // Far fewer numbers than 2 ** 26 are ever given: a map has no room for more.
  #longer(list: Fragment, item: Fragment): Fragment {
    const shape = this.#number(this.#pairs, list.shape * 2 ** 26 + item.shape);
    return made(shape, item.openings.length === 0 ? list.openings : [...list.openings, ...item.openings]);
  }
}

/**
 * The key of a durable state, nothing left out and nothing hashed. Deadlines become `past` or their rank among those to
 * come, marked where it lies further ahead than `reachMs`; fresh ids (`uuid-7`) are renamed by first use. Two states of one key differ in nothing that a life can act on,
 * as far as the views tell the truth; the check of the projections holds them to it.
 */
export function keyOf(fragments: readonly Fragment[], now: number, reachMs = Infinity): string {
  const ahead = deadlinesAhead(fragments, now);
  const rank = (time: number): string => `d${ahead.indexOf(time)}${time - now > reachMs ? ' far' : ''}`;
  return filled(fragments, (time) => (time <= now ? 'past' : rank(time)));
}

/** As `keyOf`, but with every time as its distance from now. */
export function distancesOf(fragments: readonly Fragment[], now: number): string {
  return filled(fragments, (time) => String(time - now));
}

/** With every time and every id as it is: what differs in anything has another text. */
export function exactOf(fragments: readonly Fragment[]): string {
  return fragments.map(({ shape, openings }) => `${shape}(${openings.join(',')})`).join(' ');
}

/** The deadlines that lie ahead of `now`, in their order, each time once. */
export function deadlinesAhead(fragments: readonly Fragment[], now: number): number[] {
  const ahead: number[] = [];
  for (const { openings } of fragments) {
    for (const time of openings) {
      if (typeof time === 'number' && time > now && !ahead.includes(time)) ahead.push(time);
    }
  }
  return ahead.sort((a, b) => a - b);
}

/** The fresh ids, each once, by first use. */
export function idsIn(fragments: readonly Fragment[]): readonly string[] {
  const ids = new Set<string>();
  for (const { openings } of fragments) for (const one of openings) if (typeof one === 'string') ids.add(one);
  return [...ids];
}

// By first use, so that it does not matter how many ids other lives have used up.
function filled(fragments: readonly Fragment[], write: (time: number) => string): string {
  let ids: Map<string, string> | undefined;
  let text = '';
  // Without lists in between: this is made for every state that a step leaves.
  for (const { shape, openings } of fragments) {
    text += ` ${shape}`;
    for (const opening of openings) {
      if (typeof opening === 'number') {
        text += `,${write(opening)}`;
        continue;
      }
      ids ??= new Map();
      if (!ids.has(opening)) ids.set(opening, `id${ids.size + 1}`);
      text += `,${ids.get(opening)}`;
    }
  }
  return text;
}

function isObject(value: unknown): value is object {
  return typeof value === 'object' && value !== null;
}

function made(shape: number, openings: readonly (number | string)[]): Fragment {
  return { shape, openings: openings.length === 0 ? NONE : openings };
}

function textWithIds(value: string, openings: (number | string)[]): string {
  return withIds(JSON.stringify(value), openings);
}

function withIds(text: string, openings: (number | string)[]): string {
  if (!text.includes('uuid-')) return text;
  return text.replaceAll(FRESH_ID, (id) => {
    openings.push(id);
    return '\u0001i';
  });
}
