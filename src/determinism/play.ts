import { createRuntime, type EngineRuntime } from '../engine/decide.js';
import type { CrashwiseError, Divergence, History } from '../engine/index.js';
import { within, type Draws } from './draws.js';
import type { Feed } from './feed/feed.js';
import { instantsIn } from './instants.js';
import { otherKeyOrder } from './key-order.js';
import { record, type RecordOptions, type Recording } from './record.js';
import type { Source } from './surroundings/sources.js';
import { beforeTheGuard } from './surroundings/stand-in.js';
import { inPlace } from './surroundings/in-place.js';
import { numberOf, Surroundings, type Read } from './surroundings/surroundings.js';
import { freshGlobals } from './surroundings/fresh-globals.js';
import { takeTurn } from './turn.js';
import type { Target } from './target.js';

/** A replay that did not come to what was recorded. */
export interface Diverged {
  /** The decision that differs, from 1. */
  readonly decision: number;
  /** How many decisions the history held that was replayed. */
  readonly prefix: number;
  readonly error: CrashwiseError;
  readonly difference: Divergence | undefined;
  /** Where the replay, or the run, made its reads. */
  readonly reads: readonly Read[];
}

export interface Played {
  readonly recording: Recording;
  readonly diverged: Diverged | undefined;
  /** Prefixes that were replayed. */
  readonly prefixes: number;
  readonly commands: number;
}

export interface PlayOptions {
  readonly target: Target;
  readonly plan: Feed;
  readonly draws: Draws;
  /** What differs between the run and its replays. */
  readonly perturbed: ReadonlySet<Source>;
  readonly guard?: 'guarded' | 'traced';
  readonly isTraced?: boolean;
  /** Of a perturbed source, what this line reads differs, and nothing else. */
  readonly only?: string;
}

/** What blocks a run that goes its own way. */
const UNSTEADY = new Set(['foreign-await', 'non-determinism']);

/**
 * One run, and a replay of every prefix of its history, each in surroundings of its own. The first replay that differs
 * ends it.
 */
export async function play(options: PlayOptions): Promise<Played> {
  const { target, draws, perturbed, plan } = options;
  await takeTurn();
  const seed = draws.pick('surroundings', 1_000_000);
  const seedOf = seedsOf(`${seed}`, perturbed);
  const isTraced = options.isTraced === true;
  const { words } = target;
  const before = new Surroundings({ seedOf, words, isTraced });
  const atImport = new Surroundings({ seedOf, words, isTraced });
  const runtime = await processOf(options, atImport);
  const warmUps = perturbed.has('module state') ? draws.pick('warm-ups', 3) : 0;
  for (let n = 1; n <= warmUps; n += 1) await warmUp(options, runtime, n, new Surroundings({ seedOf, words }));
  // A worker that keeps no run between decisions replays each time, in one process.
  const replays = perturbed.has('module state') && draws.pick('cache', 4) === 3;
  const recording = await inPlace(before, () =>
    covered(target, {
      workflow: target.workflow,
      id: 'e-1',
      plan,
      draws,
      decide: replays ? whole(runtime.engine) : runtime.engine.follow(),
      surroundings: before,
      elapses: perturbed.has('latency') && draws.pick('elapses', 2) === 1,
    }),
  );
  const commands = recording.history.reduce(
    (n, event) => n + (event.type === 'decided' ? event.commands.length : 0),
    0,
  );
  const done = { recording, commands };
  if (recording.blocked && UNSTEADY.has(recording.blocked.code)) {
    const diverged = divergedAt(recording.blocked, recording.prefixes.length + 1, recording.prefixes.length, [
      ...before.reads,
      ...atImport.reads,
    ]);
    return { ...done, prefixes: 0, diverged };
  }
  let importing = atImport;
  const replaying = perturbed.has('module state')
    ? await processOf(options, (importing = seedsFor('modules', atImport)))
    : undefined;
  for (const [index, length] of recording.prefixes.entries()) {
    const here = seedsFor(`${index}`, before);
    const history = recording.history.slice(0, length);
    const decider = replaying ?? (await processOf(options, (importing = seedsFor('modules', atImport))));
    here.nowMs = history.at(-1)!.at;
    here.instants.push(...instantsIn(history));
    const { blocked } = await inPlace(here, () => decider.engine.decide(seenAgain(history, here, perturbed)));
    if (blocked) {
      const diverged = divergedAt(blocked, index + 1, index + 1, [...here.reads, ...importing.reads, ...before.reads]);
      return { ...done, prefixes: index + 1, diverged };
    }
  }
  return { ...done, prefixes: recording.prefixes.length, diverged: undefined };

  function seedsFor(what: string, recorded: Surroundings): Surroundings {
    const own = seedsOf(`${seed}/${what}`, perturbed, seedOf);
    // Dear to change: one for all replays of a run.
    const zone = seedsOf(`${seed}/replays`, perturbed, seedOf)('time zone');
    const like = { seedOf, clock: recorded.shown };
    const clock = perturbed.has('clock') ? undefined : recorded.shown;
    return new Surroundings({
      seedOf: (source) => (source === 'time zone' ? zone : own(source)),
      words,
      isTraced,
      clock,
      only: options.only === undefined ? undefined : { location: options.only, like },
    });
  }
}

type SeedOf = (source: Source) => string;

/** Seeds of its own for what is perturbed; for the rest those of `pinned`, or none. */
function seedsOf(seed: string, perturbed: ReadonlySet<Source>, pinned: SeedOf = () => ''): SeedOf {
  return (source) => (perturbed.has(source) ? `${seed}/${source}` : pinned(source));
}

interface Process {
  readonly engine: EngineRuntime;
  readonly names: readonly string[];
}

/** A process that has just started, in these surroundings. */
async function processOf({ target, guard = 'traced' }: PlayOptions, surroundings: Surroundings): Promise<Process> {
  freshGlobals();
  const evaluate = () => inPlace(surroundings, () => target.fresh());
  const workflows = await (guard === 'guarded' ? beforeTheGuard(evaluate) : evaluate());
  const strict = workflows.map((workflow) => ({ ...workflow, strict: true }));
  return {
    engine: createRuntime(strict, { guard, report: () => {} }),
    names: workflows.map(({ name }) => name),
  };
}

/** A run of any workflow of the module, for what it leaves behind in its variables. */
async function warmUp(options: PlayOptions, { engine, names }: Process, n: number, surroundings: Surroundings) {
  const { draws, plan, target } = options;
  const own = within(draws, `warm-up ${n}`);
  const workflow = names[own.pick('workflow', names.length)]!;
  if (workflow !== target.workflow && target.endless?.includes(workflow)) return;
  target.onRunning?.(workflow);
  await inPlace(surroundings, () =>
    record({ workflow, id: `w-${n}`, plan, draws: own, decide: engine.follow(), surroundings, elapses: false }),
  );
  target.onRunning?.(target.workflow);
}

/** Notes the branches that a recorded run passes; what is replayed, or runs before it, is none. */
async function covered({ coverage }: Target, options: RecordOptions): Promise<Recording> {
  return coverage ? (await coverage.during(() => record(options))).value : record(options);
}

/** Decides on the whole history each time, as a worker does that keeps nothing. */
function whole(engine: EngineRuntime): (events: History, history: History) => ReturnType<EngineRuntime['decide']> {
  return (_, history) => engine.decide(history);
}

/** The history as it comes back from where it was kept. */
function seenAgain(history: History, here: Surroundings, perturbed: ReadonlySet<Source>): History {
  if (!perturbed.has('key order') || numberOf(here.seedOf('key order')) < 0.5) return history;
  return otherKeyOrder(history);
}

function divergedAt(error: CrashwiseError, decision: number, prefix: number, reads: readonly Read[]): Diverged {
  const difference = error.code === 'non-determinism' ? (error.details as Divergence) : undefined;
  return { decision: difference?.decision ?? decision, prefix, error, difference, reads };
}
