import { count, figure } from '../report/terminal/words.js';

/** Where a search stands. What is not known is left out. */
export interface Standing {
  readonly scenario: string;
  readonly pattern: string;
  readonly states: number;
  /** Found and not followed yet. */
  readonly open: number;
  readonly violations?: number | undefined;
  readonly statesPerSecond?: number | undefined;
  readonly maxStates?: number | undefined;
  /** Until the budget of time is spent. */
  readonly leftMs?: number | undefined;
}

/** One line: `signup durable: 1,200 of 5,000 states, 310 open, 1 violation · 4,000/s · 12 s left`. */
export function progressText(standing: Standing): string {
  const { scenario, pattern, states, open, violations, statesPerSecond, maxStates, leftMs } = standing;
  const limit = maxStates === undefined ? '' : ` of ${figure(maxStates)}`;
  const found = [
    `${figure(states)}${limit} ${states === 1 && limit === '' ? 'state' : 'states'}`,
    `${figure(open)} open`,
    ...(violations === undefined ? [] : [count(violations, 'violation')]),
  ];
  return [
    `${scenario} ${pattern}: ${found.join(', ')}`,
    ...(statesPerSecond === undefined ? [] : [`${figure(Math.round(statesPerSecond))}/s`]),
    ...(leftMs === undefined ? [] : [`${figure(Math.max(Math.ceil(leftMs / 1_000), 0))} s left`]),
  ].join(' · ');
}
