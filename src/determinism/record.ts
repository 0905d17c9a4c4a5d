import { Progress, toPayload, type Decision, type History, type HistoryEvent, type Json } from '../engine/index.js';
import type { CrashwiseError } from '../engine/index.js';
import type { Draws } from './draws.js';
import type { Feed } from './feed/feed.js';
import { instantsIn } from './instants.js';
import { elapseIn, type Surroundings } from './surroundings/surroundings.js';

/** One run of a workflow, as a worker would have recorded it. */
export interface Recording {
  readonly history: History;
  /** Positions in the history after each decision. */
  readonly prefixes: readonly number[];
  /** Why the code could not go on, if it could not. */
  readonly blocked: CrashwiseError | undefined;
  readonly isDone: boolean;
  /** Whether it waits for something that never comes. */
  readonly isStalled?: boolean;
}

export interface RecordOptions {
  readonly workflow: string;
  readonly id: string;
  readonly plan: Feed;
  readonly draws: Draws;
  /** Given what is new since the last decision, and all that there is. */
  readonly decide: (events: History, history: History) => Promise<Decision>;
  readonly surroundings: Surroundings;
  /** Whether timers of the workflow's own fire between two events. */
  readonly elapses: boolean;
}

/** When runs begin: a time like any other. */
const BEGIN_MS = 1_760_000_000_000;
const MAX_DECISIONS = 60;
const MAX_SIGNALS = 3;
const PAUSES_MS = [0, 1, 15, 400, 9_000, 7_200_000];

/** Runs a workflow over drawn input, results, failures, signals and orders, without a store, a clock or a worker. */
export async function record(options: RecordOptions): Promise<Recording> {
  const { workflow, id, plan, draws, surroundings, elapses } = options;
  const input = draws.value('input', { kind: 'input' });
  const started: HistoryEvent = {
    type: 'started',
    at: BEGIN_MS,
    id,
    workflow,
    seed: `${id}/${draws.pick('seed', 1_000)}`,
    ...(input === undefined ? {} : { input }),
  };
  const history: HistoryEvent[] = [started];
  const standing = new Progress(history);
  const prefixes: number[] = [];
  let given = 0;
  let signals = 0;

  async function decision(): Promise<Decision> {
    surroundings.nowMs = standing.lastAt;
    surroundings.instants.push(...instantsIn(history.slice(given)));
    const found = await options.decide(history.slice(given), history);
    given = history.length;
    if (found.blocked) return found;
    append({ type: 'decided', at: standing.lastAt, commands: found.commands });
    given = history.length;
    prefixes.push(history.length);
    if (elapses) await elapseIn(surroundings);
    return found;
  }

  function append(event: HistoryEvent): void {
    history.push(event);
    standing.add([event]);
  }

  /** What may happen next. */
  function moves(): readonly ((at: number, key: string) => void)[] {
    const { activities, timers } = standing;
    const [timer] = timers;
    const names = signals < MAX_SIGNALS ? Object.keys(plan.signals ?? {}) : [];
    return [
      ...activities.map((open) => (at: number) => append(outcome(open, at))),
      ...(timer
        ? [(at: number) => append({ type: 'timer-fired', at: Math.max(at, timer.dueAt), seq: timer.seq })]
        : []),
      ...names.map((name) => (at: number, key: string) => {
        signals += 1;
        const args = draws.value(`signal ${key}`, { kind: 'signal', name }) as readonly Json[] | undefined;
        append({ type: 'signaled', at, name, args: Array.isArray(args) ? args : [] });
      }),
    ];
  }

  function outcome({ command, attempt }: Progress['activities'][number], at: number): HistoryEvent {
    const { seq, name, args } = command;
    const names = plan.failures?.[name] ?? ['Error'];
    const key = `${name} ${seq}`;
    if (names.length > 0 && draws.pick(`fails ${key}`, 8) === 7) {
      const failure = { name: names[draws.pick(`failure ${key}`, names.length)]!, message: `${name} failed` };
      return { type: 'activity-failed', at, seq, attempt, failure };
    }
    const result = toPayload(draws.value(`result ${key}`, { kind: 'result', activity: name, args }), 'result');
    return { type: 'activity-completed', at, seq, ...(result === undefined ? {} : { result }) };
  }

  for (;;) {
    const { blocked, done } = await decision();
    if (blocked || done) return { history, prefixes, blocked, isDone: done && !blocked };
    if (prefixes.length >= MAX_DECISIONS) return { history, prefixes, blocked: undefined, isDone: false };
    const step = prefixes.length;
    // Now and then two things are recorded before one decision.
    const together = draws.pick(`together ${step}`, 6) === 5 ? 2 : 1;
    for (let n = 0; n < together; n += 1) {
      const open = moves();
      if (open.length === 0) break;
      const key = `${step}.${n}`;
      const pause = PAUSES_MS[draws.pick(`pause ${key}`, PAUSES_MS.length)]!;
      const latest = standing.timers[0]?.dueAt ?? Infinity;
      const at = Math.max(standing.lastAt, Math.min(standing.lastAt + pause, latest));
      open[draws.pick(`next ${key}`, open.length)]!(at, key);
    }
    if (history.length === given) return { history, prefixes, blocked: undefined, isDone: false, isStalled: true };
  }
}
