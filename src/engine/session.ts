import { activityIn, Attempt, type Outcome } from './activity.js';
import { Alarm } from './alarm.js';
import type { Clock } from './clock.js';
import { CrashwiseError } from './crashwise-error.js';
import type { EngineRuntime } from './decide.js';
import { engineError } from './errors.js';
import { asCrashwiseError } from './failure.js';
import { MAX_HISTORY_EVENTS, type History, type HistoryEvent, type Json } from './history.js';
import { Progress, type OpenActivity } from './progress.js';
import { retryDelayMs } from './retry.js';
import type { Claim, Commit, Problem, Store } from './store/store.js';

/** What a session needs of its worker. */
export interface SessionContext {
  readonly store: Store;
  readonly runtime: EngineRuntime;
  readonly activities: object;
  readonly clock: Clock;
  readonly leaseMs: number;
  readonly pollMs: number;
  /** Called to make sessions look for signals at once. */
  readonly nudges: Set<() => void>;
  readonly stopping: () => boolean;
  readonly report: (error: CrashwiseError) => void;
}

type Unstamped = HistoryEvent extends infer E ? (E extends HistoryEvent ? Omit<E, 'at'> : never) : never;

/** How long to wait with what the store could not do. */
const TRY_AGAIN_MS = 500;
/** Errors of a store that time may mend. Another store's own errors, which have no code, count as such too. */
const PASSING = new Set(['store-busy', 'store-full', 'store-unusable']);

/**
 * One execution in the hands of one worker, from claim to release: decides, runs activities, and commits the result of
 * the last together with the commands of the next. What the store cannot do just now is tried again for as long as the
 * lease lasts. Returns the error that blocked the execution, if one did; rejects with `lease-lost` or an error of the
 * store, and then has written nothing that the store does not hold.
 */
export async function runSession(lease: Claim, context: SessionContext): Promise<CrashwiseError | undefined> {
  const { store, runtime, activities, clock, leaseMs } = context;
  const alarm = new Alarm(clock);
  /** Attempts that have begun, until their outcome is committed. */
  const inFlight = new Map<string, Attempt>();
  /** Their outcomes in the order in which they came, until they are committed. */
  let arrived: { readonly attempt: string; readonly event: Unstamped }[] = [];
  const told = new Set<string>();
  let { status } = lease;
  let leaseUntil = clock.now() + leaseMs;
  context.nudges.add(alarm.ring);

  function tellOnce(error: CrashwiseError): void {
    if (!told.has(error.code)) context.report(error);
    told.add(error.code);
  }

  async function persist<T>(call: () => Promise<T>): Promise<T> {
    for (;;) {
      try {
        return await call();
      } catch (error) {
        const isFinal = CrashwiseError.is(error) && !PASSING.has(error.code);
        if (isFinal || clock.now() >= leaseUntil) throw error;
        context.report(asCrashwiseError(error, `The store failed on ${lease.id}`));
        await new Promise<void>((resolve) => void clock.at(clock.now() + TRY_AGAIN_MS, resolve));
      }
    }
  }

  function begin(open: OpenActivity): void {
    const attempt = new Attempt(lease.id, open);
    inFlight.set(attemptOf(open), attempt);
    void attempt.run(activityIn(activities, open.command.name)!, clock).then((outcome) => {
      arrived.push({ attempt: attemptOf(open), event: outcomeEvent(open, outcome, clock.now()) });
      alarm.wake();
    });
  }

  let length = 0;
  let standing = new Progress([]);
  let decide = runtime.follow();
  /** What the run of workflow code has not been given yet. */
  let unseen: HistoryEvent[] = [];

  function startOver(history: History): void {
    length = history.length;
    standing = new Progress(history);
    decide = runtime.follow();
    unseen = [...history];
  }

  try {
    startOver(await persist(() => store.history(lease.id)));
    let renewAt = clock.now() + leaseMs / 3;
    for (;;) {
      const now = clock.now();
      if (now >= renewAt) {
        await persist(() => store.renew(lease, now + leaseMs));
        leaseUntil = now + leaseMs;
        renewAt = now + leaseMs / 3;
      }
      const { lastAt, undecided } = standing;
      if (now < lastAt - 1_000) {
        const message = `The clock is ${lastAt - now} ms behind the history of ${lease.id}.`;
        tellOnce(engineError('clock-went-back', message));
      }
      const at = Math.max(now, lastAt);
      const open = new Set(standing.activities.map(attemptOf));
      arrived = arrived.filter((one) => open.has(one.attempt));
      const taken = [...arrived];
      const due = standing.timers.filter(({ dueAt }) => dueAt <= now);
      const fired = due.map(({ seq }): Unstamped => ({ type: 'timer-fired', seq }));
      const events = [...taken.map(({ event }) => event), ...fired].map((event) => ({ ...event, at }) as HistoryEvent);
      const isNews = undecided || events.some(({ type }) => type !== 'attempt-failed');
      const decision = isNews ? await decide([...unseen.splice(0), ...events]) : undefined;
      let blocked = decision?.blocked;
      if (decision && decision.drift.length > 0) {
        const paths = decision.drift.map((drift) => `${drift.path} in decision ${drift.decision}`).join(', ');
        tellOnce(engineError('drift', `The code has changed what ${lease.id} has recorded: ${paths}.`));
      }
      if (!decision) unseen.push(...events);
      else if (!blocked) events.push({ type: 'decided', at, commands: decision.commands });
      if (length + events.length > MAX_HISTORY_EVENTS) {
        blocked = historyFull(lease.id);
        events.length = 0;
      }
      standing.add(events);
      const { activities: asked, timers, ending } = standing;
      const waiting = asked.filter((one) => !inFlight.has(attemptOf(one)));
      const isHeldBack = context.stopping() || ending !== undefined;
      const start = isHeldBack ? [] : waiting.filter(({ notBefore }) => notBefore <= now);
      const unknown = start.find(({ command }) => !activityIn(activities, command.name));
      if (unknown) blocked ??= unregistered(lease.id, unknown.command.name, activities);
      const busy = asked.length - waiting.length + start.length;
      // Each takes an outcome and a decision. An effect whose result could not be recorded would be carried out again by
      // each worker that comes.
      const room = MAX_HISTORY_EVENTS - length - events.length;
      if (start.length > 0 && room < 2 * busy) blocked ??= historyFull(lease.id);
      const later = [...timers.map(({ dueAt }) => dueAt), ...waiting.map(({ notBefore }) => notBefore)];
      const release = blocked !== undefined || ending !== undefined || busy === 0;
      const next: Commit = {
        expectedLength: length,
        events,
        status: blocked ? 'blocked' : standing.status,
        problem: problemOf(blocked, ending),
        // With something in flight it is due as soon as the lease runs out: this worker may die.
        wakeAt: ending ? null : busy > 0 ? 0 : earliest(later),
        release,
      };
      if (events.length > 0 || release || next.status !== status) {
        const committed = await persist(() => store.commit(lease, next));
        if (!committed) {
          // A signal came in between. Nothing is lost: decide again with it.
          const known = length;
          startOver(await persist(() => store.history(lease.id)));
          if (length > known) continue;
          throw engineError('store-damaged', `The history of ${lease.id} is shorter than its row says.`);
        }
        length += events.length;
        status = next.status;
        arrived = arrived.filter((one) => !taken.includes(one));
        for (const one of taken) inFlight.delete(one.attempt);
        if (release) return blocked;
      }
      start.forEach(begin);
      // A timer of this very commit may be due already; an attempt that a stopping worker does not begin must not spin.
      const awaited = earliest(later.filter((time) => time > now)) ?? Infinity;
      const isDue = timers[0] !== undefined && timers[0].dueAt <= now;
      if (arrived.length > 0) alarm.ring();
      await alarm.until(isDue ? now : Math.min(awaited, renewAt, clock.now() + context.pollMs));
      if (arrived.length > 0) continue; // The commit tells whether anything has come in between.
      const row = await persist(() => store.get(lease.id));
      if (!row || row.length <= length) continue;
      // It is a signal, or another worker's doing: then the history is none to decide on with what is in flight here.
      if (row.leaseToken !== lease.token) throw engineError('lease-lost', `Another worker has claimed ${lease.id}.`);
      startOver(await persist(() => store.history(lease.id)));
    }
  } finally {
    context.nudges.delete(alarm.ring);
    for (const attempt of inFlight.values()) attempt.abort();
  }
}

function attemptOf({ command, attempt: number }: OpenActivity): string {
  return `${command.seq}/${number}`;
}

function earliest(times: readonly number[]): number | null {
  return times.reduce<number | null>((least, time) => (least === null ? time : Math.min(least, time)), null);
}

function outcomeEvent({ command, attempt: number }: OpenActivity, outcome: Outcome, now: number): Unstamped {
  const { seq } = command;
  if (!('failure' in outcome)) return { type: 'activity-completed', seq, ...outcome };
  const delayMs = retryDelayMs(command.options.retry, number, outcome.failure);
  const failed = { seq, attempt: number, failure: outcome.failure };
  return delayMs === undefined
    ? { type: 'activity-failed', ...failed }
    : { type: 'attempt-failed', ...failed, retryAt: now + delayMs };
}

/** Why the execution does not go on: what blocks it, or the failure that its code ended with. */
function problemOf(blocked: CrashwiseError | undefined, ending: Progress['ending']): Problem | null {
  if (blocked) {
    const { code, message, details } = blocked;
    return {
      code,
      message,
      ...(details === undefined ? {} : { details: JSON.parse(JSON.stringify(details)) as Json }),
    };
  }
  if (ending?.kind !== 'fail') return null;
  const { name, code = name, message } = ending.failure;
  return { code, message };
}

function unregistered(id: string, name: string, activities: object): CrashwiseError {
  const known = Object.keys(activities).join(', ') || 'none, or methods of an object';
  return engineError('activity-not-registered', `${id} needs activity "${name}". This worker has: ${known}.`);
}

function historyFull(id: string): CrashwiseError {
  return engineError('history-limit', `The history of ${id} would pass ${MAX_HISTORY_EVENTS} events.`);
}
