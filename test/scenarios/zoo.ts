import { readdirSync, readFileSync } from 'node:fs';
import { isDeepStrictEqual } from 'node:util';
import type { FuzzPlan, ValueSource } from 'crashwise/determinism';
import { createRuntime, type History, type HistoryEvent, type Workflow } from 'crashwise/engine';
import fc from 'fast-check';
import type { ZooCase } from '../../scenarios/nondeterminism/zoo-case.js';
import { lab } from '../engine/lab.js';

export interface CaseFile {
  readonly about: ZooCase;
  readonly wrong: Workflow;
  readonly repaired: Workflow;
  readonly fuzz: FuzzPlan;
}

export interface RightFile {
  readonly right: Workflow;
  readonly fuzz: FuzzPlan;
  readonly why: string;
}

const zoo = new URL('../../scenarios/nondeterminism/', import.meta.url);
const globals = new Set(Object.keys(globalThis));
let copies = 0;

/** All files of a folder of the zoo: imported before the guard is installed, as the files of a user are. */
export async function load<T>(folder: string): Promise<readonly { name: string; text: string; file: T }[]> {
  const names = readdirSync(new URL(folder, zoo)).filter((name) => name.endsWith('.ts'));
  return Promise.all(
    names.map(async (name) => {
      const url = new URL(`${folder}/${name}`, zoo);
      const file = (await import(/* @vite-ignore */ url.href)) as T;
      return { name: name.slice(0, -'.ts'.length), text: readFileSync(url, 'utf8'), file };
    }),
  );
}

const isArbitrary = (source: unknown): source is fc.Arbitrary<unknown> =>
  typeof source === 'object' && source !== null && 'generate' in source;

/** A workflow that is wrong, as a process that has just started has it. */
export async function fresh(name: string): Promise<Workflow> {
  for (const key of Object.keys(globalThis)) if (!globals.has(key)) Reflect.deleteProperty(globalThis, key);
  const url = new URL(`cases/${name}.ts?copy=${(copies += 1)}`, zoo);
  return ((await import(/* @vite-ignore */ url.href)) as CaseFile).wrong;
}

/** One value of a plan. */
function draw(source: ValueSource | undefined, seed: number, args: readonly unknown[] = []): unknown {
  if (isArbitrary(source)) return fc.sample(source, { seed, numRuns: 1 })[0];
  return typeof source === 'function' ? (source(...args) as unknown) : source;
}

/** Activities as the plan has them. Where it names failures, each second run begins with one. */
function activitiesOf({ results = {}, failures = {} }: FuzzPlan, seed: number): object {
  let calls = 0;
  const body = (name: string, source: ValueSource) => {
    let attempts = 0;
    return (...args: unknown[]) => {
      attempts += 1;
      const failing = failures[name] ?? [];
      const failure = failing[Math.floor(seed / 2) % failing.length];
      if (failure !== undefined && attempts === 1 && seed % 2 === 1) {
        throw Object.assign(new Error(`${name} is not possible`), { name: failure });
      }
      return draw(source, seed * 100 + (calls += 1), args);
    };
  };
  return Object.fromEntries(Object.entries(results).map(([name, source]) => [name, body(name, source)]));
}

/** One execution over values of the plan, by a real worker, to its end or to what blocks it. */
export async function execute(definition: Workflow, plan: FuzzPlan, seed: number, guard?: 'traced') {
  const { client, store, work, settle } = lab();
  work([definition], activitiesOf(plan, seed), guard ? { guard } : {});
  await client.start(definition.name, { id: 'x1', input: draw(plan.input, seed) });
  for (const [name, source] of Object.entries(plan.signals ?? {})) {
    if (seed % 4 < 3) await client.signal('x1', name, ...(draw(source, seed) as never[]));
  }
  await settle();
  const { status, problem } = (await store.get('x1'))!;
  return { status, code: problem?.code, details: problem?.details, history: await client.history('x1') };
}

/** The same data, with the keys of each object the other way round. */
function turned<T>(value: T): T {
  if (Array.isArray(value)) return value.map(turned) as T;
  if (typeof value !== 'object' || value === null) return value;
  const entries = Object.entries(value).reverse();
  return Object.fromEntries(entries.map(([key, member]) => [key, turned(member as unknown)])) as T;
}

/**
 * The first decision that a replay takes otherwise, from payloads with their keys turned. The commands are compared here
 * and not by `decide`, which runs the code a second time where it differs, and then in another state of its module.
 */
export async function replay(definition: Workflow, history: History): Promise<object | undefined> {
  const decide = createRuntime([definition], { guard: 'traced' }).follow();
  let events: HistoryEvent[] = [];
  for (const event of turned(history)) {
    if (event.type !== 'decided') events.push(event);
    else {
      const { commands, blocked } = await decide(events);
      if (blocked || !isDeepStrictEqual(commands, event.commands))
        return { recorded: event.commands, commands, blocked };
      events = [];
    }
  }
  return undefined;
}
