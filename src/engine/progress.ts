import type { Command, History } from './history.js';

export type ActivityCommand = Extract<Command, { kind: 'activity' }>;

/** Where an execution stands: all that a worker needs to go on, read off its history. */
export interface Progress {
  /** The command that ended the workflow, if it has ended. */
  readonly ending: Extract<Command, { kind: 'complete' | 'fail' }> | undefined;
  readonly status: 'running' | 'completed' | 'failed';
  /** True if something happened that the workflow has not seen yet. */
  readonly undecided: boolean;
  /** Activities without a result: which attempt is next, and from when on. */
  readonly activities: readonly { command: ActivityCommand; attempt: number; notBefore: number }[];
  /** Timers that have not fired, by the time they are due, then by seq. */
  readonly timers: readonly { seq: number; dueAt: number }[];
  readonly lastAt: number;
}

export function progress(history: History): Progress {
  const activities = new Map<number, { command: ActivityCommand; attempt: number; notBefore: number }>();
  const timers = new Map<number, number>();
  let ending: Progress['ending'];
  let undecided = false;
  for (const event of history) {
    if (event.type !== 'attempt-failed') undecided = event.type !== 'decided';
    switch (event.type) {
      case 'decided':
        for (const command of event.commands) {
          if (command.kind === 'activity') activities.set(command.seq, { command, attempt: 1, notBefore: 0 });
          else if (command.kind === 'timer') timers.set(command.seq, event.at + command.durationMs);
          else if (command.kind === 'cancel-timer') timers.delete(command.seq);
          else if (command.kind !== 'patch') ending = command;
        }
        break;
      case 'attempt-failed': {
        const open = activities.get(event.seq);
        if (open) activities.set(event.seq, { ...open, attempt: event.attempt + 1, notBefore: event.retryAt });
        break;
      }
      case 'activity-completed':
      case 'activity-failed':
        activities.delete(event.seq);
        break;
      case 'timer-fired':
        timers.delete(event.seq);
        break;
      default:
    }
  }
  const due = Array.from(timers, ([seq, dueAt]) => ({ seq, dueAt })).sort((a, b) => a.dueAt - b.dueAt || a.seq - b.seq);
  const status = ending === undefined ? 'running' : ending.kind === 'complete' ? 'completed' : 'failed';
  return {
    ending,
    status,
    undecided,
    activities: [...activities.values()],
    timers: due,
    lastAt: history.at(-1)?.at ?? 0,
  };
}
