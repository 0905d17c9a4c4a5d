import type { Command } from '../../src/engine/index.js';
import { hash } from './behaviour.js';
import { drive, type Run } from './drive.js';
import type { Engine } from './interpret.js';
import { violations } from './invariants.js';
import { predict } from './model.js';
import type { Trial, Version } from './program.js';
import { tampered } from './tamper.js';
import type { Cut } from './world.js';

const CUTS = 3;

/** How far a trial got, for the statistics. */
export interface Evidence {
  readonly ending: 'completed' | 'failed' | 'waiting';
  readonly events: number;
  readonly cuts: number;
}

/** The first property of the engine that this trial shows broken. */
export class Violation extends Error {}

/** Holds the engine to all properties on one trial. Throws `Violation`. */
export async function checkTrial(engine: Engine, trial: Trial): Promise<Evidence> {
  const whole = await drive(engine, trial);
  checkRun(whole, 'the run');
  await checkPrefixes(engine, whole, 'the run');
  await checkTampered(engine, whole);
  const plans = cutPlans(trial.seed, whole.operations);
  for (const plan of plans) {
    const where = `the run cut at ${Array.from(plan, ([operation, cut]) => `${operation} ${cut}`).join(', ')}`;
    const cut = await drive(engine, trial, plan);
    checkRun(cut, where);
    if (plan.size > 1) await checkPrefixes(engine, cut, where);
    if (isOpenRace(whole) || isOpenRace(cut)) continue;
    same(`${where}: the commands`, cut.commands, whole.commands);
    same(`${where}: the end`, cut.ending, whole.ending);
    same(`${where}: the answer of the query`, cut.state, whole.state);
  }
  const { ending, history } = whole;
  return {
    ending: ending === 'waiting' ? ending : 'failure' in ending ? 'failed' : 'completed',
    events: history.length,
    cuts: plans.length,
  };
}

function checkRun(run: Run, where: string): void {
  for (const violation of violations(run)) throw new Violation(`${where}: ${violation}`);
  checkModel(run, where);
}

// What was recorded, and how it ended, is what the model makes of the events.
function checkModel({ history, world, ending, state }: Run, where: string): void {
  const { trial, upgradedAfter } = world;
  const decided = history.filter((event) => event.type === 'decided');
  const before = history.slice(
    0,
    upgradedAfter === undefined ? Infinity : history.indexOf(decided[upgradedAfter - 1]!) + 1,
  );
  const old = predict(trial.program, trial.version, before, 0);
  const { decisions, state: predicted } =
    upgradedAfter === undefined ? old : predict(trial.program, world.version, history, upgradedAfter);
  for (const [index, { commands }] of decided.entries()) {
    const byOld = old.decisions[index];
    if (byOld) same(`${where}: decision ${index + 1}`, commands, byOld);
    // Markers of a deprecated patch stay in the history when the call is gone.
    same(`${where}: decision ${index + 1} by today's code`, lasting(commands), lasting(decisions[index]!));
  }
  same(`${where}: the answer of the query`, state, predicted);
  const last = decided.at(-1)?.commands.at(-1);
  const recorded =
    last?.kind === 'complete' ? { result: last.result } : last?.kind === 'fail' ? { failure: last.failure } : 'waiting';
  same(`${where}: the end`, ending, recorded);
}

// Each prefix is a replay of its own, by the version of the code that was there then.
async function checkPrefixes(engine: Engine, { history, world }: Run, where: string): Promise<void> {
  const { trial, upgradedAfter = Infinity } = world;
  const report = (error: Error): void => {
    throw new Violation(`${where}: a replay reports ${error.message}`);
  };
  const runtimeOf = (version: Version): ReturnType<Engine['createRuntime']> =>
    engine.createRuntime([world.workflowOf(version)], { report });
  const [older, newer] = [runtimeOf(trial.version), runtimeOf(world.version)];
  let decisions = 0;
  for (const [index, event] of history.entries()) {
    if (event.type !== 'decided') continue;
    const runtime = decisions < upgradedAfter ? older : newer;
    decisions += 1;
    const { commands, blocked } = await runtime.decide(history.slice(0, index));
    if (blocked) throw new Violation(`${where}: the replay of prefix ${decisions} is blocked: ${blocked.message}`);
    same(`${where}: prefix ${decisions}`, commands, event.commands);
  }
  const { commands, blocked, waitingFor } = await newer.decide(history);
  if (blocked) throw new Violation(`${where}: the replay is blocked: ${blocked.message}`);
  same(`${where}: the replay of everything`, commands, []);
  const waiting = waitingFor.map((one) => ('seq' in one ? `${one.kind} ${one.seq}` : one.kind));
  const expected = predict(trial.program, world.version, history, upgradedAfter).waiting;
  same(`${where}: what it waits for`, waiting.sort(), [...expected].sort());
}

// A history that this code cannot have made must block it.
async function checkTampered(engine: Engine, { history, world }: Run): Promise<void> {
  const { what, history: other } = tampered(history, world.trial.seed);
  const { blocked } = await engine.createRuntime([world.workflow]).decide(other);
  if (blocked?.code !== 'non-determinism') throw new Violation(`a history with ${what} does not block its replay`);
}

// A completion that met a conflict is lost with a worker that dies then. The signal is not, and a timer of 0 ms that it
// leads to may now fire before the activity has ended once more: either order is right.
function isOpenRace({ world, commands }: Run): boolean {
  return world.conflicts > 0 && commands.some((command) => command.kind === 'timer' && command.durationMs === 0);
}

function lasting(commands: readonly Command[]): readonly Command[] {
  return commands.filter((command) => command.kind !== 'patch' || !command.deprecated);
}

function same(what: string, actual: unknown, expected: unknown): void {
  const difference = differenceOf(actual, expected, '');
  if (difference !== undefined) throw new Violation(`${what}: ${difference}`);
}

/** Where two values first differ, and how; the order of keys is no difference. */
function differenceOf(actual: unknown, expected: unknown, path: string): string | undefined {
  if (Object.is(actual, expected)) return undefined;
  if (!isObject(actual) || !isObject(expected) || Array.isArray(actual) !== Array.isArray(expected)) {
    return `${path} is ${JSON.stringify(actual)} instead of ${JSON.stringify(expected)}`;
  }
  for (const key of new Set([...Object.keys(expected), ...Object.keys(actual)])) {
    const difference = differenceOf(actual[key], expected[key], `${path}/${key}`);
    if (difference !== undefined) return difference;
  }
  return undefined;
}

function isObject(value: unknown): value is Record<string, unknown> {
  return typeof value === 'object' && value !== null;
}

// Every boundary by itself if there are few, else a sample; and one run that is cut again and again.
function cutPlans(seed: number, operations: number): readonly ReadonlyMap<number, Cut>[] {
  const all = Array.from({ length: operations * 2 }, (_, i) => [i >> 1, i % 2 === 0 ? 'before' : 'landed'] as const);
  const order =
    (cut: string) =>
    ([operation, phase]: readonly [number, Cut]): number =>
      hash(seed, cut, operation, phase);
  const [one, many] = [order('one'), order('many')];
  const singles = all.length <= CUTS ? all : [...all].sort((a, b) => one(a) - one(b)).slice(0, CUTS);
  const chain = all.filter((cut) => many(cut) % 100 < 12).slice(0, 20);
  return [...singles.map((cut) => new Map([cut])), ...(chain.length > 0 ? [new Map(chain)] : [])];
}
