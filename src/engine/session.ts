import { attempt, type Activity, type Outcome } from './activity.js';
import { Alarm } from './alarm.js';
import type { Clock } from './clock.js';
import type { CrashwiseError } from './crashwise-error.js';
import { engineError } from './errors.js';
import type { WorkflowRuntime } from './decide.js';
import { MAX_HISTORY_EVENTS, type HistoryEvent, type Json } from './history.js';
import { progress, type Progress } from './progress.js';
import { retryDelayMs } from './retry.js';
import type { Lease, Store } from './store/store.js';

/** What a session needs of its worker. */
export interface SessionContext {
  readonly store: Store;
  readonly runtime: WorkflowRuntime;
  readonly activities: Readonly<Record<string, Activity>>;
  readonly clock: Clock;
  readonly leaseMs: number;
  readonly pollMs: number;
  /** Called to make sessions look for signals at once. */
  readonly nudges: Set<() => void>;
  readonly stopping: () => boolean;
  readonly report: (error: CrashwiseError) => void;
}

type Unstamped = HistoryEvent extends infer E ? (E extends HistoryEvent ? Omit<E, 'at'> : never) : never;
type Open = Progress['activities'][number];

/**
 * One execution in the hands of one worker, from claim to release: decides, runs activities, and commits the result of
 * the last together with the commands of the next. Returns the error that blocked the execution, if one did; rejects
 * with `lease-lost` or an error of the store, and then has written nothing that the store does not hold.
 */
export async function runSession(lease: Lease, context: SessionContext): Promise<CrashwiseError | undefined> {
  const { store, runtime, activities, clock } = context;
  /** Begun, and without an outcome in the history yet: it stays here until that is committed. */
  const inFlight = new Map<number, AbortController>();
  let arrived: Unstamped[] = [];
  const alarm = new Alarm(clock);
  let lost: unknown;
  let over = false;
  let toldOfClock = false;
  let toldOfDrift = false;
  let history = await store.history(lease.id);
  let stopHeartbeat = heartbeat();
  context.nudges.add(alarm.ring);

  function heartbeat(): () => void {
    return clock.at(clock.now() + context.leaseMs / 3, () => {
      store.renew(lease, clock.now() + context.leaseMs).then(
        () => {
          if (!over) stopHeartbeat = heartbeat();
        },
        (error: unknown) => {
          lost = error;
          alarm.ring();
        },
      );
    });
  }

  function begin(open: Open): void {
    const { seq, name } = open.command;
    const abort = new AbortController();
    inFlight.set(seq, abort);
    void attempt(activities[name]!, lease.id, open, clock, abort).then((outcome) => {
      arrived.push(outcomeEvent(open, outcome, clock.now()));
      alarm.ring();
    });
  }

  try {
    for (;;) {
      if (lost !== undefined) throw lost;
      const before = progress(history);
      const now = clock.now();
      if (now < before.lastAt - 1_000 && !toldOfClock) {
        toldOfClock = true;
        context.report(
          engineError('clock-went-back', `The clock is ${before.lastAt - now} ms behind the history of ${lease.id}.`),
        );
      }
      const at = Math.max(now, before.lastAt);
      const due = before.timers
        .filter(({ dueAt }) => dueAt <= now)
        .map(({ seq }) => ({ type: 'timer-fired' as const, seq }));
      const taken = arrived;
      arrived = [];
      alarm.clear();
      const events: HistoryEvent[] = [...taken, ...due].map((event) => ({ ...event, at }) as HistoryEvent);
      const decision = progress([...history, ...events]).undecided
        ? await runtime.decide([...history, ...events])
        : undefined;
      let blocked = decision?.blocked;
      if (decision && decision.drift.length > 0 && !toldOfDrift) {
        toldOfDrift = true;
        const paths = decision.drift.map((drift) => `${drift.path} in decision ${drift.decision}`).join(', ');
        context.report(engineError('drift', `The code has changed what ${lease.id} has recorded: ${paths}.`));
      }
      if (decision && !blocked) events.push({ type: 'decided', at, commands: decision.commands });
      if (history.length + events.length > MAX_HISTORY_EVENTS) {
        blocked = engineError('history-limit', `The history of ${lease.id} would pass ${MAX_HISTORY_EVENTS} events.`);
        events.length = 0;
      }
      const after = progress([...history, ...events]);
      const ended = new Set(taken.map((event) => ('seq' in event ? event.seq : 0)));
      const isBusy = (seq: number): boolean => inFlight.has(seq) && !ended.has(seq);
      const waiting = after.activities.filter(({ command }) => !isBusy(command.seq));
      const start = context.stopping() ? [] : waiting.filter(({ notBefore }) => notBefore <= now);
      const unknown = start.find(({ command }) => !activities[command.name]);
      if (unknown) blocked ??= unregistered(lease.id, unknown.command.name, activities);
      const deadlines = [...after.timers.map(({ dueAt }) => dueAt), ...waiting.map(({ notBefore }) => notBefore)];
      const busy = inFlight.size - ended.size + start.length;
      const release = blocked !== undefined || after.ending !== undefined || busy === 0;
      if (events.length > 0 || release) {
        const committed = await store.commit(lease, {
          expectedLength: history.length,
          events,
          status: blocked ? 'blocked' : statusOf(after),
          problem: blocked ? problemOf(blocked) : null,
          // With something in flight it is due as soon as the lease runs out: this worker may die.
          wakeAt: after.ending ? null : busy > 0 ? 0 : earliest(deadlines),
          release,
        });
        if (!committed) {
          // A signal came in between. Nothing is lost: decide again with it.
          arrived = [...taken, ...arrived];
          history = await store.history(lease.id);
          continue;
        }
        history = [...history, ...events];
        for (const seq of ended) inFlight.delete(seq);
        if (release) return blocked;
      }
      start.forEach(begin);
      // A timer of this very commit may be due already; an attempt that a stopping worker does not begin must not spin.
      const retries = waiting.map(({ notBefore }) => notBefore).filter((notBefore) => notBefore > now);
      await alarm.until(Math.min(...after.timers.map(({ dueAt }) => dueAt), ...retries, clock.now() + context.pollMs));
      const row = await store.get(lease.id);
      if (!row || row.length <= history.length) continue;
      // It is a signal, or another worker's doing: then the history is none to decide on with what is in flight here.
      if (row.leaseToken !== lease.token) throw engineError('lease-lost', `Another worker has claimed ${lease.id}.`);
      history = await store.history(lease.id);
    }
  } finally {
    over = true;
    context.nudges.delete(alarm.ring);
    stopHeartbeat();
    for (const abort of inFlight.values()) abort.abort();
  }
}

function earliest(times: readonly number[]): number | null {
  return times.length === 0 ? null : Math.min(...times);
}

function statusOf({ ending }: Progress): 'running' | 'completed' | 'failed' {
  if (!ending) return 'running';
  return ending.kind === 'complete' ? 'completed' : 'failed';
}

function outcomeEvent({ command, attempt: number }: Open, outcome: Outcome, now: number): Unstamped {
  const { seq } = command;
  if (!('failure' in outcome)) return { type: 'activity-completed', seq, ...outcome };
  const delayMs = retryDelayMs(command.options.retry, number, outcome.failure);
  const failed = { seq, attempt: number, failure: outcome.failure };
  return delayMs === undefined
    ? { type: 'activity-failed', ...failed }
    : { type: 'attempt-failed', ...failed, retryAt: now + delayMs };
}

function problemOf({ code, message, details }: CrashwiseError): { code: string; message: string; details?: Json } {
  return { code, message, ...(details === undefined ? {} : { details: JSON.parse(JSON.stringify(details)) as Json }) };
}

function unregistered(id: string, name: string, activities: Readonly<Record<string, Activity>>): CrashwiseError {
  const known = Object.keys(activities).join(', ') || 'none';
  return engineError('activity-not-registered', `${id} needs activity "${name}". This worker has: ${known}.`);
}
