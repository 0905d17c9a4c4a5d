import type { Drift } from './comparison.js';
import { CrashwiseError } from './crashwise-error.js';
import { ENGINE_ERRORS, engineError } from './errors.js';
import { toFailure } from './failure.js';
import { installGuard } from './guard.js';
import type { Command, History, Json } from './history.js';
import { Run, type RunOptions, type Waiting } from './run.js';
import { currentScope, type AmbientCall } from './scope.js';
import type { Workflow } from './workflow.js';

/** What the code decides after a history. */
export interface Decision {
  /** Commands that the history does not hold yet; none if it ends with a decision, or if `blocked`. */
  readonly commands: readonly Command[];
  readonly waitingFor: readonly Waiting[];
  /** True once the workflow has completed or failed. */
  readonly done: boolean;
  /** Why the code cannot go on from this history, for example `non-determinism`. */
  readonly blocked: CrashwiseError | undefined;
  readonly drift: readonly Drift[];
  /** True if the code has read the recorded time: then it may depend on when things happened. */
  readonly readsTime: boolean;
  /** With the guard set to `traced`: the ambient calls that the code made. */
  readonly ambient: readonly AmbientCall[];
}

/** The seam that engines share: history in, commands out; no clock, no I/O, no memory between calls. */
export interface WorkflowRuntime {
  decide(history: History): Promise<Decision>;
  /** The answer of a query handler at the end of the history. Throws `unknown-query`, `query-failed`, or what blocks. */
  query(history: History, name: string, args: readonly Json[]): Promise<Json | undefined>;
}

/** The runtime of the reference engine, which can also keep the run of workflow code between two decisions. */
export interface EngineRuntime extends WorkflowRuntime {
  /**
   * `decide` for one history that grows. The first call is given all of it, each later one what has been appended since
   * the last decision, that decision left out. Decides as `decide` does on the whole, without replaying it.
   */
  follow(): (events: History) => Promise<Decision>;
}

/**
 * The reference engine's runtime over these workflows. `decide` replays the history from its start, compares every
 * recorded decision whole with what the code decides now, and decides once more if events came after the last one.
 *
 * @example
 * const runtime = createRuntime([order]);
 * const { commands } = await runtime.decide(history);
 */
export function createRuntime(
  workflows: readonly Workflow[],
  options: Partial<Pick<RunOptions, 'guard' | 'report' | 'onPatch'>> = {},
): EngineRuntime {
  const { guard = 'guarded', report = (error) => process.emitWarning(error), onPatch } = options;
  const byName = new Map(workflows.map((definition) => [definition.name, definition]));
  const names = workflows.map(({ name }) => name).join(', ');
  if (byName.size < workflows.length) throw engineError('invalid-argument', `Two workflows of one name: ${names}.`);
  installGuard();
  listenForDroppedPromises();

  async function replay(history: History, locate: boolean): Promise<{ run: Run; commands: readonly Command[] }> {
    const run = begin(history[0], locate);
    const commands = await feed(run, history);
    // A command that is missing has no line of its own; a second run finds the line that asked for the one before.
    if (run.blocked?.code !== 'non-determinism' || locate) return { run, commands };
    // Code that keeps something in module variables may agree by then. It has differed all the same.
    const again = await replay(history, true);
    return again.run.blocked ? again : { run, commands };
  }

  function begin(started: History[number] | undefined, locate: boolean): Run {
    if (started?.type !== 'started')
      throw engineError('invalid-argument', 'A history begins with its "started" event.');
    const definition = byName.get(started.workflow);
    if (!definition) {
      const known = [...byName.keys()].join(', ') || 'none';
      throw engineError('unknown-workflow', `There is no workflow "${started.workflow}" here. There is: ${known}.`);
    }
    return new Run(definition, started, { guard, locate, report, onPatch });
  }

  async function feed(run: Run, history: History): Promise<readonly Command[]> {
    let from = 0;
    for (const [index, event] of history.entries()) {
      if (event.type !== 'decided' || run.blocked) continue;
      await run.turn(history.slice(from, index), event.commands);
      from = index + 1;
    }
    const fresh = history.slice(from);
    const open = !run.blocked && !run.closed && fresh.some((event) => event.type !== 'attempt-failed');
    return open ? run.turn(fresh, undefined) : [];
  }

  return {
    async decide(history) {
      const { run, commands } = await replay(history, false);
      return decisionOf(run, commands);
    },
    follow() {
      let run: Run | undefined;
      return async (events) => {
        if (run) return decisionOf(run, await feed(run, events));
        const first = await replay(events, false);
        run = first.run;
        return decisionOf(run, first.commands);
      };
    },
    async query(history, name, args) {
      const { run } = await replay(history, false);
      if (run.blocked) {
        const { code, message, hint, details } = run.blocked;
        // The same error, but a query touches nothing.
        throw new CrashwiseError(code, message, { next: ENGINE_ERRORS['query-failed'].next, hint }, { details });
      }
      return run.query(name, args);
    },
  };
}

function decisionOf(run: Run, commands: readonly Command[]): Decision {
  const { waitingFor, closed, blocked, drift, readsTime, ambient } = run;
  return { commands, waitingFor, done: closed, blocked, drift, readsTime, ambient };
}

/** Whether a rejection is of workflow code; it has been told then. One for each copy of this package in the process. */
type Claims = Set<(reason: unknown) => boolean>;
const CLAIMS = Symbol.for('crashwise: rejections of workflow code');

function isDropped(reason: unknown): boolean {
  const scope = currentScope();
  if (scope instanceof Run) scope.dropped(reason);
  return scope instanceof Run;
}

// A promise that workflow code dropped must not end the process of all the others. Anybody else's must, as ever, unless
// somebody else listens for it, or Node was told otherwise.
function listenForDroppedPromises(): void {
  const shared = globalThis as { [CLAIMS]?: Claims };
  const claims = (shared[CLAIMS] ??= new Set());
  claims.add(isDropped);
  if (claims.size > 1 || process.listeners('unhandledRejection').some((listener) => CLAIMS in listener)) return;
  const listener = (reason: unknown): void => {
    if ([...claims].some((claim) => claim(reason)) || process.listenerCount('unhandledRejection') > 1) return;
    const flags = [...process.execArgv, process.env['NODE_OPTIONS']].join(' ');
    const mode = /--unhandled-rejections[= ](\w+)/.exec(flags)?.[1] ?? 'throw';
    if (mode.startsWith('warn')) process.emitWarning(toFailure(reason).message, 'UnhandledRejection');
    else if (mode !== 'none') throw reason;
  };
  process.on('unhandledRejection', Object.assign(listener, { [CLAIMS]: true }));
}
