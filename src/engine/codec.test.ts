import { describe, expect, test } from 'vitest';
import fc from 'fast-check';
import { firstDifference, toPayload } from './codec.js';
import type { CrashwiseError } from './crashwise-error.js';

class Money {
  amount = 1;
}
const cycle: Record<string, unknown> = { name: 'a' };
cycle['self'] = [cycle];

describe('what does not round-trip is refused, with the path to it', () => {
  test.each<[path: string, value: unknown]>([
    ['input.call', { call: () => 1 }],
    ['input.list[1]', { list: [1, undefined] }],
    // oxlint-disable-next-line no-sparse-arrays
    ['input[1]', [1, , 3]],
    ['input.price', { price: new Money() }],
    ['input.at', { at: new Date(0) }],
    ['input.all', { all: new Map() }],
    ['input.big', { big: 1n }],
    ['input.self[0]', cycle],
    ['input.ratio', { ratio: Number.NaN }],
    ['input.far', { far: Infinity }],
    ['input.tag', { tag: Symbol('t') }],
    ['input', { [Symbol('key')]: 1 }],
    ['input', Object.assign([1], { extra: 2 })],
    ['input', new Money()],
  ])('%s', (path, value) => {
    expect(refusal(value)).toEqual({ code: 'not-serializable', path });
  });

  test('nesting without end', () => {
    let deep: unknown = 1;
    for (let i = 0; i < 5_000; i += 1) deep = [deep];
    expect(refusal(deep)?.code).toBe('not-serializable');
  });

  test('more than 2 MiB', () => {
    expect(refusal('x'.repeat(2 * 1024 * 1024 - 2))).toBeUndefined();
    expect(refusal('x'.repeat(2 * 1024 * 1024 - 1))?.code).toBe('payload-too-large');
    expect(refusal('ü'.repeat(1024 * 1024))?.code).toBe('payload-too-large');
  });
});

test('what is accepted comes back from JSON as it went in, and is a copy', () => {
  fc.assert(
    fc.property(fc.jsonValue(), (value) => {
      const payload = toPayload(value, 'input');
      expect(JSON.parse(JSON.stringify(payload))).toEqual(payload);
      expect(firstDifference(payload, JSON.parse(JSON.stringify(value)), '')).toBeUndefined();
      if (typeof value === 'object' && value !== null) expect(payload).not.toBe(value);
    }),
  );
});

test('undefined stays undefined at the top and is dropped from properties', () => {
  expect(toPayload(undefined, 'input')).toBeUndefined();
  expect(toPayload({ a: undefined, b: 1 }, 'input')).toEqual({ b: 1 });
});

test('a property named __proto__ stays data', () => {
  const payload = toPayload(JSON.parse('{"__proto__":{"admin":true}}'), 'input') as Record<string, unknown>;
  expect(Object.keys(payload)).toEqual(['__proto__']);
  expect(payload['admin']).toBeUndefined();
});

describe('firstDifference', () => {
  test.each<[path: string | undefined, a: unknown, b: unknown]>([
    [undefined, { a: 1, b: [1, { c: null }] }, { b: [1, { c: null }], a: 1 }],
    ['a.b[1].c', { a: { b: [0, { c: 1 }] } }, { a: { b: [0, { c: 2 }] } }],
    ['a[1]', { a: [1] }, { a: [1, 2] }],
    ['a', { a: [] }, { a: {} }],
    ['b', { a: 1 }, { a: 1, b: null }],
    ['a', { a: null }, { a: 0 }],
  ])('%s', (path, a, b) => {
    expect(firstDifference(a, b, '')).toBe(path);
  });

  test('is symmetric, and undefined only for equal JSON', () => {
    fc.assert(
      fc.property(fc.jsonValue(), fc.jsonValue(), (a, b) => {
        const same = firstDifference(a, b, 'x') === undefined;
        expect(same).toBe(firstDifference(b, a, 'x') === undefined);
        if (same) expect(toPayload(a, 'a')).toEqual(toPayload(b, 'b'));
      }),
    );
  });
});

function refusal(value: unknown): { code: string; path?: string } | undefined {
  try {
    toPayload(value, 'input');
    return undefined;
  } catch (error) {
    const { code, details } = error as CrashwiseError;
    return { code, ...(details as { path?: string } | undefined) };
  }
}
