import { expect, test } from 'vitest';
import { land } from './landing.js';
import type { Call } from './life.js';

const called = { site: { name: 'read', kind: 'other', text: '' }, occurrence: 1, location: '' } as const;

function answered<T>(value: T): Call {
  const call: Call = {
    called,
    perform: () => value,
    faults: () => ({ kinds: [] }),
    leaves: false,
    settle: () => {},
  };
  void land(call, undefined, () => {});
  return call;
}

test.each([
  ['not frozen', { inner: { n: 1 } }],
  ['frozen outside only', Object.freeze({ inner: { n: 1 } })],
])('the answer stays what it was, whatever its receiver does with it: %s', (_, value) => {
  const call = answered(value);
  value.inner.n = 2;
  expect(call.answer!()).toBe('{"inner":{"n":1}}');
});

test('what nobody can change is made text when somebody asks', () => {
  let asked = 0;
  const toJSON = (): string => `asked ${(asked += 1)}`;
  const call = answered(Object.freeze({ inner: Object.freeze({ toJSON: Object.freeze(toJSON) }) }));
  expect(asked).toBe(0);
  expect(call.answer!()).toBe('{"inner":"asked 1"}');
});
