import { expect, test } from 'vitest';
import type { HistoryEvent } from './history.js';
import { Progress } from './progress.js';

test('timers come in the order in which they are due, then in that of their making', () => {
  const timer = (seq: number, durationMs: number) => ({ kind: 'timer' as const, seq, durationMs });
  const history: HistoryEvent[] = [
    { type: 'started', at: 0, id: 'a', workflow: 'w', seed: 's' },
    { type: 'decided', at: 10, commands: [timer(3, 5), timer(1, 9), timer(2, 5), timer(4, 1)] },
  ];
  expect(new Progress(history).timers).toEqual([
    { seq: 4, dueAt: 11 },
    { seq: 2, dueAt: 15 },
    { seq: 3, dueAt: 15 },
    { seq: 1, dueAt: 19 },
  ]);
});
