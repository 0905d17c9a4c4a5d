import { count, figure } from '../report/terminal/words.js';

/** Where a search stands. What is not known is left out. */
export interface Standing {
  readonly scenario: string;
  readonly pattern: string;
  readonly states: number;
  /** Found and not followed yet. */
  readonly open: number;
  /** So far, of a random search. */
  readonly runs?: number | undefined;
  readonly violations?: number | undefined;
  readonly statesPerSecond?: number | undefined;
  readonly maxStates?: number | undefined;
  readonly maxRuns?: number | undefined;
  /** Until the budget of time is spent. */
  readonly leftMs?: number | undefined;
}

function counted(number: number, word: string, most?: number): string {
  return most === undefined ? count(number, word) : `${figure(number)} of ${figure(most)} ${word}s`;
}

/** One line: `signup durable: 1,200 of 5,000 states, 310 open, 1 violation · 4,000/s · 12 s left`. */
export function progressText(standing: Standing): string {
  const { scenario, pattern, states, open, runs, violations, statesPerSecond, maxStates, maxRuns, leftMs } = standing;
  const found = [
    ...(runs === undefined
      ? [counted(states, 'state', maxStates), `${figure(open)} open`]
      : [counted(runs, 'run', maxRuns), counted(states, 'state')]),
    ...(violations === undefined ? [] : [count(violations, 'violation')]),
  ];
  return [
    `${scenario} ${pattern}: ${found.join(', ')}`,
    ...(statesPerSecond === undefined ? [] : [`${figure(Math.round(statesPerSecond))}/s`]),
    ...(leftMs === undefined ? [] : [`${figure(Math.max(Math.ceil(leftMs / 1_000), 0))} s left`]),
  ].join(' · ');
}
