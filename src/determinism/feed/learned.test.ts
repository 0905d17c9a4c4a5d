import fc from 'fast-check';
import { expect, test } from 'vitest';
import { Learning } from './learned.js';
import { learnedValues } from './learned-values.js';

const activity = (seq: number, name: string) => ({ kind: 'activity', seq, name, args: [], options: {} });

test('learns inputs, results, names of failures and signals, each once', () => {
  const learning = new Learning();
  const events = [
    { type: 'started', at: 1, id: 'a', workflow: 'order', seed: 's', input: { id: 7 } },
    { type: 'decided', at: 1, commands: [activity(1, 'charge'), activity(2, 'mail'), { kind: 'timer', seq: 3 }] },
    { type: 'activity-completed', at: 2, seq: 2 },
    { type: 'activity-failed', at: 3, seq: 1, attempt: 1, failure: { name: 'Declined', message: '' } },
    { type: 'signaled', at: 4, name: 'cancel', args: ['now'] },
    { type: 'of-tomorrow', at: 5 },
  ];
  learning.add(events);
  learning.add(events);
  expect(learning.inputs).toEqual(new Map([['order', [{ id: 7 }]]]));
  expect(learning.results).toEqual(new Map([['mail', [undefined]]]));
  expect(learning.failures).toEqual(new Map([['charge', ['Declined']]]));
  expect(learning.signals).toEqual(new Map([['order', new Map([['cancel', [['now']]]])]]));
});

test('what was seen comes again, and so does what differs from it in one place', () => {
  const seen = [
    { id: 'a', rows: [1, 2], isPaid: true },
    { id: 'b', rows: [], isPaid: false },
  ];
  const drawn = fc.sample(learnedValues(seen), { numRuns: 500, seed: 1 }).map((value) => JSON.stringify(value));
  for (const value of seen) expect(drawn).toContain(JSON.stringify(value));
  expect(drawn).toContain(JSON.stringify({ id: 'a', rows: [], isPaid: true }));
  expect(drawn).toContain(JSON.stringify({ id: 'b', rows: [], isPaid: true }));
  expect(new Set(drawn).size).toBeGreaterThan(10);
  expect(seen).toEqual([
    { id: 'a', rows: [1, 2], isPaid: true },
    { id: 'b', rows: [], isPaid: false },
  ]);
});

test('a result that is nothing is nothing again', () => {
  expect(new Set(fc.sample(learnedValues([undefined]), 20))).toEqual(new Set([undefined]));
});
