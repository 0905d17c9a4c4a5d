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

const FRESH_ID = /\buuid-\d+\b/g;
const NONE: readonly never[] = [];

/**
 * Makes canonical forms. Equal texts get equal numbers, one for each text that ever came: nothing is hashed, so two
 * forms are equal if and only if the texts are. What is frozen is taken to stay as it is, and is read once.
 */
export class Canon {
  readonly #numbers = new Map<string, number>();
  readonly #frozen = new WeakMap<object, Fragment>();
  readonly #links = new WeakMap<Chain['view'], PrefixMemo<Fragment>>();

  fragment(view: unknown): Fragment {
    const openings: (number | string)[] = [];
    const shape = this.#number(this.#text(view, openings));
    return { shape, openings: openings.length === 0 ? NONE : openings };
  }

  #number(text: string): number {
    let number = this.#numbers.get(text);
    if (number === undefined) this.#numbers.set(text, (number = this.#numbers.size));
    return number;
  }

  // Control characters cannot occur in JSON text: an opening, and a reference to a form by its number.
  #text(value: unknown, openings: (number | string)[]): string {
    if (typeof value === 'string') return textWithIds(value, openings);
    if (typeof value !== 'object' || value === null) return JSON.stringify(value) ?? 'null';
    if (value instanceof Deadline) {
      openings.push(value.timeMs);
      return '\u0001d';
    }
    if (value instanceof JsonText) return withIds(`\u0005${value.text}`, openings);
    if (value instanceof Chain) return reference(this.#chain(value), openings);
    if (value instanceof Persistent) return reference(this.#persistent(value), openings);
    return reference(this.#frozen.get(value) ?? this.#nested(value), openings);
  }

  #nested(value: object): Fragment {
    const inner: (number | string)[] = [];
    const fragment = { shape: this.#number(this.#members(value, inner)), openings: inner.length === 0 ? NONE : inner };
    // What holds no other object is made again as fast as it is found.
    if (Object.isFrozen(value) && Object.values(value).some(isObject)) this.#frozen.set(value, fragment);
    return fragment;
  }

  #persistent(map: Persistent<unknown>): Fragment {
    const memo = map.memo as { owner: Canon; fragment: Fragment } | undefined;
    if (memo?.owner === this) return memo.fragment;
    const inner: (number | string)[] = [];
    const nodes = map.many?.map((node) => reference(this.#persistent(node), inner)).join(',');
    const text = nodes ?? this.#members(map.few!, inner);
    const fragment = { shape: this.#number(text), openings: inner.length === 0 ? NONE : inner };
    map.memo = { owner: this, fragment };
    return fragment;
  }

  #members(value: object, openings: (number | string)[]): string {
    if (Array.isArray(value)) return `[${value.map((item) => this.#text(item, openings)).join(',')}]`;
    const members = Object.entries(value).filter(([, member]) => member !== undefined);
    members.sort(([a], [b]) => (a < b ? -1 : 1));
    return `{${members.map(([key, member]) => `${this.#text(key, openings)}:${this.#text(member, openings)}`).join(',')}}`;
  }

  #chain({ list, view }: Chain): Fragment {
    let links = this.#links.get(view);
    if (!links) this.#links.set(view, (links = new PrefixMemo()));
    const known = links.of(list);
    const { items, length } = list;
    let index = Math.min(known.length, length);
    let fragment = index === 0 ? { shape: this.#number('\u0003'), openings: NONE } : known[index - 1]!;
    for (; index < length; index += 1) {
      const shown = view(items[index] as never, items[index - 1] as never);
      if (shown !== undefined) fragment = this.#longer(fragment, shown);
      known.push(fragment);
    }
    return fragment;
  }

  #longer(fragment: Fragment, item: unknown): Fragment {
    const openings: (number | string)[] = [];
    const shape = this.#number(`\u0003${fragment.shape},${this.#text(item, openings)}`);
    return { shape, openings: openings.length === 0 ? fragment.openings : [...fragment.openings, ...openings] };
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

function isObject(value: unknown): boolean {
  return typeof value === 'object' && value !== null;
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

function reference({ shape, openings }: Fragment, into: (number | string)[]): string {
  into.push(...openings);
  return `\u0002${shape}`;
}
