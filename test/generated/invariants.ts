import type { Command, History, HistoryEvent, Json } from '../../src/engine/index.js';
import { expectedDelayMs, outcomeOf } from './behaviour.js';
import type { Run } from './drive.js';
import type { Call } from './program.js';

type ActivityCommand = Extract<Command, { kind: 'activity' }>;
type Ended = Extract<HistoryEvent, { type: 'activity-completed' | 'activity-failed' | 'attempt-failed' }>;

/** What must hold of every run, whatever the program: the first thing that does not, in words. */
export function* violations(run: Run): Generator<string> {
  yield* inHistory(run);
  yield* ofSignals(run);
  yield* ofCommits(run);
  yield* ofAttempts(run);
  yield* run.world.problems;
}

// oxlint-disable-next-line complexity -- one case for each kind of event
function* inHistory({ history, world }: Run): Generator<string> {
  const open = new Map<number, { command: ActivityCommand; attempt: number; notBefore: number }>();
  const timers = new Map<number, number>();
  let seq = 0;
  let lastAt = 0;
  let closed = false;
  for (const [index, event] of history.entries()) {
    const where = `event ${index} (${event.type})`;
    if ((event.type === 'started') !== (index === 0)) yield `${where} is out of place`;
    if (event.at < lastAt) yield `${where}: time runs backwards`;
    if (closed) yield `${where} comes after the end`;
    lastAt = event.at;
    switch (event.type) {
      case 'decided':
        for (const command of event.commands) {
          if (closed) yield `${where}: ${command.kind} comes after the end`;
          if (command.kind === 'activity' || command.kind === 'timer') {
            seq += 1;
            if (command.seq !== seq) yield `${where}: command ${command.seq} should be number ${seq}`;
          }
          if (command.kind === 'activity') open.set(seq, { command, attempt: 1, notBefore: event.at });
          else if (command.kind === 'timer') timers.set(seq, event.at + command.durationMs);
          else if (command.kind === 'cancel-timer') timers.delete(command.seq);
          else if (command.kind !== 'patch') closed = true;
        }
        break;
      case 'timer-fired': {
        const dueAt = timers.get(event.seq);
        if (dueAt === undefined) yield `${where}: timer ${event.seq} is not running`;
        else if (event.at !== dueAt) yield `${where}: timer ${event.seq} fired at ${event.at}, and was due at ${dueAt}`;
        timers.delete(event.seq);
        break;
      }
      case 'activity-completed':
      case 'activity-failed':
      case 'attempt-failed': {
        const activity = open.get(event.seq);
        if (!activity) {
          yield `${where}: activity ${event.seq} is not open`;
          break;
        }
        const { command, attempt, notBefore } = activity;
        const call = world.calls.get(Number.parseInt(String(command.args[0]), 10))!;
        // The driver has every attempt take exactly its time.
        const dueAt = notBefore + call.slowMs;
        if (event.at !== dueAt) yield `${where}: activity ${event.seq} ended at ${event.at} instead of ${dueAt}`;
        const expected = JSON.stringify(expectedEvent(event, call, command.args, attempt, world.trial.seed));
        if (JSON.stringify(event) !== expected) yield `${where} is ${JSON.stringify(event)}, expected ${expected}`;
        open.delete(event.seq);
        if (event.type === 'attempt-failed') {
          open.set(event.seq, { command, attempt: event.attempt + 1, notBefore: event.retryAt });
        }
        break;
      }
      default:
    }
  }
}

function expectedEvent(event: Ended, call: Call, args: readonly Json[], attempt: number, seed: number): unknown {
  const { at, seq } = event;
  const outcome = outcomeOf(call, args, attempt, seed);
  if (!('failure' in outcome)) {
    return { type: 'activity-completed', seq, ...(outcome.result ? { result: outcome.result } : {}), at };
  }
  const delayMs = expectedDelayMs(call, attempt);
  const failed = { seq, attempt, failure: outcome.failure };
  return delayMs === undefined
    ? { type: 'activity-failed', ...failed, at }
    : { type: 'attempt-failed', ...failed, retryAt: at + delayMs, at };
}

function* ofSignals({ history, world }: Run): Generator<string> {
  const recorded = history.filter((event) => event.type === 'signaled');
  const text = recorded.map(({ name, args }) => `${name} ${(args[0] as { n: number }).n}`).join();
  const sent = world.sent.map(({ name, n }) => `${name} ${n}`).join();
  if (text !== sent) yield `signals recorded: ${text}; sent: ${sent}`;
}

// What happened and what was decided on it are one commit; only signals arrive by themselves.
function* ofCommits({ world }: Run): Generator<string> {
  for (const [index, { events, status }] of world.commits.entries()) {
    const types = events.map(({ type }) => type);
    const decisions = types.filter((type) => type === 'decided').length;
    const news = types.some((type) => type !== 'decided' && type !== 'attempt-failed');
    const where = `commit ${index} [${types.join()}]`;
    if (decisions > 1 || (decisions === 1 && types.at(-1) !== 'decided')) yield `${where}: more than one decision`;
    if (news && decisions === 0 && status !== 'blocked') yield `${where} leaves events without the decision on them`;
    const last = events.at(-1);
    const ends = last?.type === 'decided' && last.commands.some(({ kind }) => kind === 'complete' || kind === 'fail');
    if ((status === 'completed' || status === 'failed') !== ends) yield `${where} has the status ${status}`;
  }
}

function* ofAttempts({ history, world }: Run): Generator<string> {
  const keys = new Map<string, string>();
  for (const { callId, attempt, key, args, after, at } of world.attempts) {
    const where = `attempt ${attempt} of ${callId}`;
    const before = history.slice(0, after);
    const command = commandOf(before, callId);
    if (!command) {
      yield `${where} began before its command was recorded`;
      continue;
    }
    if (args !== JSON.stringify(command.args)) yield `${where} got ${args}, recorded ${JSON.stringify(command.args)}`;
    const ends = before.filter((event): event is Ended => 'seq' in event && event.seq === command.seq);
    if (ends.some(({ type }) => type !== 'attempt-failed')) yield `${where} began after the activity had ended`;
    if (attempt !== ends.length + 1) yield `${where} should be number ${ends.length + 1}`;
    const last = ends.at(-1);
    if (last?.type === 'attempt-failed' && at < last.retryAt) yield `${where} began before ${last.retryAt}, at ${at}`;
    const known = keys.get(callId);
    if (known !== undefined && known !== key) yield `${where} has the key ${key}, and had ${known}`;
    if (known === undefined && [...keys.values()].includes(key)) yield `${where} has the key ${key} of another call`;
    keys.set(callId, key);
  }
}

function commandOf(history: History, callId: string): ActivityCommand | undefined {
  const commands = history.flatMap((event) => (event.type === 'decided' ? event.commands : []));
  return commands.find(
    (command): command is ActivityCommand => command.kind === 'activity' && command.args[0] === callId,
  );
}
