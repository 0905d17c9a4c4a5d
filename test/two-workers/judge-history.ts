import { isDeepStrictEqual } from 'node:util';
import { createRuntime, type Execution, type History } from 'crashwise/engine';
import { order } from './flow.js';

const runtime = createRuntime([order]);

/** What is wrong with the history of one closed execution, taken alone: nothing in it may have happened twice. */
export async function judgeHistory(execution: Execution, history: History): Promise<readonly string[]> {
  const found: string[] = [];
  const must = (holds: boolean, what: string): void => {
    if (!holds) found.push(`${execution.id}: ${what}`);
  };
  must(execution.status === 'completed' || execution.status === 'failed', `it is ${execution.status}`);
  must(execution.length === history.length, `its row counts ${execution.length} events of ${history.length}`);
  must(history.filter(({ type }) => type === 'started').length === 1, 'it has not one start');
  history.forEach(({ at }, n) => must(n === 0 || history[n - 1]!.at <= at, `the time of event ${n} runs backwards`));

  const kinds = new Map<number, 'activity' | 'timer'>();
  const attempts = new Map<number, number>();
  const closed = new Set<number>();
  const due = new Map<number, number>();
  let endings = 0;
  for (const [n, event] of history.entries()) {
    switch (event.type) {
      case 'decided':
        must(endings === 0, `event ${n} is a decision after the ending`);
        for (const command of event.commands) {
          if (command.kind === 'complete' || command.kind === 'fail') endings += 1;
          if (command.kind !== 'activity' && command.kind !== 'timer') continue;
          must(!kinds.has(command.seq), `seq ${command.seq} is decided twice`);
          kinds.set(command.seq, command.kind);
          if (command.kind === 'timer') due.set(command.seq, event.at + command.durationMs);
        }
        break;
      case 'attempt-failed':
      case 'activity-failed':
        must(
          event.attempt === (attempts.get(event.seq) ?? 0) + 1,
          `attempt ${event.attempt} of seq ${event.seq} twice`,
        );
        attempts.set(event.seq, event.attempt);
        break;
      default:
    }
    if (event.type === 'attempt-failed') must(!closed.has(event.seq), `seq ${event.seq} goes on after its end`);
    if (event.type === 'activity-completed' || event.type === 'activity-failed' || event.type === 'timer-fired') {
      must(!closed.has(event.seq), `${event.type} of seq ${event.seq} is recorded twice`);
      must((kinds.get(event.seq) === 'timer') === (event.type === 'timer-fired'), `event ${n} is of another kind`);
      must(event.at >= (due.get(event.seq) ?? 0), `timer ${event.seq} fired too early`);
      closed.add(event.seq);
    }
  }
  must(endings === 1 && history.at(-1)?.type === 'decided', `it has ${endings} endings, or events after the ending`);
  must(
    [...kinds].every(([seq, kind]) => kind === 'timer' || closed.has(seq)),
    'an activity has no end',
  );
  found.push(...(await judgeDecisions(execution.id, history)));
  return found;
}

/** Each recorded decision must be what the code decides after what had happened before it. */
async function judgeDecisions(id: string, history: History): Promise<readonly string[]> {
  const found: string[] = [];
  try {
    const { blocked } = await runtime.decide(history);
    if (blocked) found.push(`${id}: the replay of the whole history is blocked: ${blocked.message}`);
    for (const [n, event] of history.entries()) {
      if (event.type !== 'decided') continue;
      const { commands } = await runtime.decide(history.slice(0, n));
      if (!isDeepStrictEqual(commands, event.commands)) found.push(`${id}: the replay decides event ${n} otherwise`);
    }
  } catch (error) {
    found.push(`${id}: the replay throws ${String(error)}`);
  }
  return found;
}
