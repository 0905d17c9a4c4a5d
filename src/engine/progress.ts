import type { Command, History, HistoryEvent } from './history.js';

export type ActivityCommand = Extract<Command, { kind: 'activity' }>;

/** An activity without a result: which attempt is next, and from when on. */
export interface OpenActivity {
  readonly command: ActivityCommand;
  readonly attempt: number;
  readonly notBefore: number;
}

/** Where an execution stands: all that a worker needs to go on, read off its history, event by event. */
export class Progress {
  /** The command that ended the workflow, if it has ended. */
  ending: Extract<Command, { kind: 'complete' | 'fail' }> | undefined;
  /** True if something happened that the workflow has not seen yet. */
  undecided = false;
  lastAt = 0;
  readonly #activities = new Map<number, OpenActivity>();
  readonly #timers = new Map<number, number>();

  constructor(history: History) {
    this.add(history);
  }

  get status(): 'running' | 'completed' | 'failed' {
    return this.ending === undefined ? 'running' : this.ending.kind === 'complete' ? 'completed' : 'failed';
  }

  /** In the order in which they were asked for. */
  get activities(): readonly OpenActivity[] {
    return [...this.#activities.values()];
  }

  /** Timers that have not fired, by the time they are due, then by seq. */
  get timers(): readonly { readonly seq: number; readonly dueAt: number }[] {
    const timers = Array.from(this.#timers, ([seq, dueAt]) => ({ seq, dueAt }));
    return timers.sort((a, b) => a.dueAt - b.dueAt || a.seq - b.seq);
  }

  add(events: History): void {
    for (const event of events) this.#add(event);
  }

  #add(event: HistoryEvent): void {
    const [activities, timers] = [this.#activities, this.#timers];
    this.lastAt = event.at;
    if (event.type !== 'attempt-failed') this.undecided = event.type !== 'decided';
    switch (event.type) {
      case 'decided':
        for (const command of event.commands) {
          if (command.kind === 'activity') activities.set(command.seq, { command, attempt: 1, notBefore: 0 });
          else if (command.kind === 'timer') timers.set(command.seq, event.at + command.durationMs);
          else if (command.kind === 'cancel-timer') timers.delete(command.seq);
          else if (command.kind !== 'patch') this.ending = command;
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
}
