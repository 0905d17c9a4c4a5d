import type { Command, Failure, History, Json } from '../../src/engine/index.js';
import type { Engine, Output } from './interpret.js';
import { Life } from './life.js';
import type { Trial } from './program.js';
import { ID, World, type Cut } from './world.js';

export type Ending = { result: Json } | { failure: Failure } | 'waiting';

/** A whole run of a trial, over all its lives. */
export interface Run {
  readonly world: World;
  readonly history: History;
  readonly ending: Ending;
  /** All commands in order, however they were grouped into decisions. */
  readonly commands: readonly Command[];
  /** What the query answers at the end. */
  readonly state: Output | undefined;
  readonly lives: number;
  readonly operations: number;
}

/**
 * Runs the trial on the real client, worker and memory store. What happens next is a function of the history and the
 * trial: what is due, then what can end now, then the next deadline; signals go with the events that they are planned
 * for. So a run that is cut anywhere has to come to the same commands and the same end.
 */
export async function drive(engine: Engine, trial: Trial, cuts: ReadonlyMap<number, Cut> = new Map()): Promise<Run> {
  const world = new World(engine, trial);
  await world.start();
  let life = new Life(world, cuts);
  let lives = 1;
  for (;;) {
    await quiescent();
    const status = world.store.state.executions[ID]?.execution.status;
    if (status !== 'running' || world.problems.length > 0) break;
    if (life.dead) {
      life = new Life(world, cuts);
      lives += 1;
    } else if (life.fireDue() || (isUndecided(world.history) && life.look()) || life.finish()) {
      continue;
    } else if (life.nextAt < Infinity) {
      world.now = life.nextAt;
    } else if (isUndecided(world.history)) {
      world.problems.push('everything waits, but the last events were not decided on');
    } else if (openOf(world.history).size > 0) {
      world.problems.push(`everything waits, but command ${[...openOf(world.history)].join()} has not ended`);
    } else if (!(await world.sendAtRest())) break;
  }
  life.cut();
  const { operations, history } = world;
  const commands = history.flatMap((event) => (event.type === 'decided' ? event.commands : []));
  const healthy = world.problems.length === 0;
  const client = new engine.Client({ store: world.store, workflows: [world.workflow] });
  const state = healthy ? await client.query<Output, []>(ID, 'state') : undefined;
  const ending = healthy && world.closed ? await endingOf(client) : 'waiting';
  return { world, history, ending, commands, state, lives, operations };
}

async function endingOf(client: InstanceType<Engine['Client']>): Promise<Ending> {
  try {
    return { result: await client.result<Json>(ID) };
  } catch (error) {
    if (error instanceof Error && 'failure' in error) return { failure: error.failure as Failure };
    throw error;
  }
}

function isUndecided(history: History): boolean {
  return history.findLast(({ type }) => type !== 'attempt-failed')?.type !== 'decided';
}

/** Activities and timers that run. */
function openOf(history: History): ReadonlySet<number> {
  const open = new Set<number>();
  for (const event of history) {
    if ('seq' in event && event.type !== 'attempt-failed') open.delete(event.seq);
    for (const command of event.type === 'decided' ? event.commands : []) {
      if (command.kind === 'activity' || command.kind === 'timer') open.add(command.seq);
      else if (command.kind === 'cancel-timer') open.delete(command.seq);
    }
  }
  return open;
}

/** No microtask and no tick is left: the worker waits for its clock or for an activity. */
function quiescent(): Promise<void> {
  return new Promise((resolve) => {
    setImmediate(resolve);
  });
}
