import { describe, expect, test } from 'vitest';
import { Canon, deadlinesAhead, distancesOf, keyOf, type Fragment } from './canonical.js';
import { Chain, Deadline } from './state.js';

const canon = new Canon();
const fragmentOf = (view: unknown): Fragment => canon.fragment(view);
const key = (view: unknown, now = 0): string => keyOf([fragmentOf(view)], now);

const viewOf = ({ text }: { text: string }): unknown => text;
const chainOf = (items: readonly object[], length = items.length): Chain => new Chain({ items, length }, viewOf);
const chain = (...texts: string[]): Chain => chainOf(texts.map((text) => ({ text })));
const frozen = (timeMs: number): unknown => Object.freeze({ a: Object.freeze([new Deadline(timeMs)]) });

describe('two states have one key', () => {
  test.each<[why: string, a: unknown, b: unknown]>([
    ['members in another order', { a: 1, b: 2 }, { b: 2, a: 1 }],
    [
      'fresh ids with other numbers',
      { row: 'uuid-3', key: 'k:uuid-3', other: 'uuid-9' },
      { row: 'uuid-1', key: 'k:uuid-1', other: 'uuid-2' },
    ],
    [
      'deadlines further away, in the same order',
      [new Deadline(5), new Deadline(9)],
      [new Deadline(100), new Deadline(101)],
    ],
    ['deadlines longer past', [new Deadline(-5)], [new Deadline(-500)]],
    ['a member that is undefined or absent', { a: undefined }, {}],
    ['what is frozen, and what is not', Object.freeze({ a: Object.freeze([1, { b: 2 }]) }), { a: [1, { b: 2 }] }],
    ['two chains of like items', chain('a', 'b'), chain('a', 'b')],
  ])('%s', (_, a, b) => {
    expect(key(a)).toBe(key(b));
  });
});

describe('two states have two keys', () => {
  test.each<[why: string, a: unknown, b: unknown]>([
    ['other values', { a: 1 }, { a: 2 }],
    ['a number or its text', [1], ['1']],
    ['deadlines in another order', [new Deadline(5), new Deadline(9)], [new Deadline(9), new Deadline(5)]],
    ['deadlines at the same time or not', [new Deadline(5), new Deadline(5)], [new Deadline(5), new Deadline(6)]],
    ['a deadline past or ahead', [new Deadline(0)], [new Deadline(1)]],
    ['one fresh id twice or two', ['uuid-1', 'uuid-1'], ['uuid-1', 'uuid-2']],
    ['lists in another order', [1, 2], [2, 1]],
    ['chains of like items in another order', chain('a', 'b'), chain('b', 'a')],
    ['a chain and the next longer one', chain('a'), chain('a', 'b')],
    ['what is frozen, with a deadline past or ahead', frozen(0), frozen(1)],
    ['text that looks like a deadline', ['past'], [new Deadline(-1), 'x']],
  ])('%s', (_, a, b) => {
    expect(key(a)).not.toBe(key(b));
  });
});

test('deadlines ahead are told in order, each once', () => {
  const view = { a: new Deadline(30), b: [new Deadline(10), new Deadline(30)], c: new Deadline(5) };
  expect(deadlinesAhead([fragmentOf(view)], 5)).toEqual([10, 30]);
});

test('a deadline that a dead worker can miss is told from one that lies further ahead', () => {
  const [near, far] = [fragmentOf(new Deadline(10)), fragmentOf(new Deadline(11))];
  expect(keyOf([near], 0)).toBe(keyOf([far], 0));
  expect(keyOf([near], 0, 10)).not.toBe(keyOf([far], 0, 10));
  expect(keyOf([near], 0, 10)).toBe(keyOf([far], 1, 10));
});

test('distances tell apart what the key takes for one', () => {
  const [near, far] = [fragmentOf(new Deadline(5)), fragmentOf(new Deadline(50))];
  expect(keyOf([near], 0)).toBe(keyOf([far], 0));
  expect(distancesOf([near], 0)).not.toBe(distancesOf([far], 0));
});

test('a chain that has grown has the key of one made in one go', () => {
  const items = ['a', 'b', 'c'].map((text) => ({ text }));
  items.forEach((_, index) => key(chainOf(items, index)));
  expect(key(chainOf(items))).toBe(key(chain('a', 'b', 'c')));
});

test('of two chains that part, each has the key of one made in one go', () => {
  const shared = [{ text: 'a' }, { text: 'b' }, { text: 'c' }];
  key(chainOf(shared));
  const other = [...shared.slice(0, 2), { text: 'x' }];
  const forked = { items: other, length: 3, forked: { from: shared, at: 2 } };
  expect(key(new Chain(forked, viewOf))).toBe(key(chain('a', 'b', 'x')));
  expect(key(chainOf(shared, 2))).toBe(key(chain('a', 'b')));
});
