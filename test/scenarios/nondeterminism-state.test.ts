import { readdirSync, readFileSync } from 'node:fs';
import { isDeepStrictEqual } from 'node:util';
import type { FuzzPlan, ValueSource } from 'crashwise/determinism';
import { createRuntime, GUARDED_CALLS, type History, type HistoryEvent, type Workflow } from 'crashwise/engine';
import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import type { ZooCase } from '../../scenarios/nondeterminism/zoo-case.js';
import { lab } from '../engine/lab.js';

// What the zoo says of itself is true: each case is formed as agreed, and the guard of the engine does with it what its
// file says. The sources that are no call of the clock, of chance or of the machine are here.

const SOURCES = new Set([
  'module state',
  'latency',
  'cache',
  'error stack',
  'key order',
  'file system',
  'garbage collection',
]);

interface CaseFile {
  readonly about: ZooCase;
  readonly wrong: Workflow;
  readonly repaired: Workflow;
  readonly fuzz: FuzzPlan;
}

interface RightFile {
  readonly right: Workflow;
  readonly fuzz: FuzzPlan;
  readonly why: string;
}

const zoo = new URL('../../scenarios/nondeterminism/', import.meta.url);

// Imported before the guard is installed, as the files of a user are.
async function load<T>(folder: string): Promise<readonly { name: string; text: string; file: T }[]> {
  const names = readdirSync(new URL(folder, zoo)).filter((name) => name.endsWith('.ts'));
  return Promise.all(
    names.map(async (name) => {
      const url = new URL(`${folder}/${name}`, zoo);
      const file = (await import(/* @vite-ignore */ url.href)) as T;
      return { name: name.slice(0, -'.ts'.length), text: readFileSync(url, 'utf8'), file };
    }),
  );
}

const all = await load<CaseFile>('cases');
const cases = all.filter(({ file }) => SOURCES.has(file.about.source));
const rights = await load<RightFile>('right');

const RUNS = 8;
const isArbitrary = (source: unknown): source is fc.Arbitrary<unknown> =>
  typeof source === 'object' && source !== null && 'generate' in source;

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
async function execute(definition: Workflow, plan: FuzzPlan, seed: number, guard?: 'traced') {
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

const seeds = Array.from({ length: RUNS }, (_, seed) => seed);

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
async function replay(definition: Workflow, history: History): Promise<object | undefined> {
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

describe('the cases', () => {
  test('are at least 24', () => {
    expect(cases.length).toBeGreaterThanOrEqual(24);
  });

  test('share no source together with a way of use', () => {
    const ways = all.map(({ file: { about } }) => `${about.source}: ${about.use}`);
    expect(ways.filter((way, index) => ways.indexOf(way) !== index)).toEqual([]);
  });
});

describe.each(cases)('$name', ({ name, text, file: { about, wrong, repaired, fuzz } }) => {
  const marked = text.split('\n').flatMap((line, index) => (line.endsWith('// <- blame') ? [index + 1] : []));

  test('is formed as agreed', () => {
    expect([wrong.name, repaired.name]).toEqual([name, `${name}-repaired`]);
    expect(marked).toHaveLength(1);
    expect(text.indexOf('export const repaired')).toBeGreaterThan(text.indexOf('// <- blame'));
    expect(fuzz.results).toBeTypeOf('object');
    const isListed = GUARDED_CALLS.some(({ call }) => call === about.blame.replace(/^fs\.\w+\(\)$/, 'fs.*'));
    expect(about.guard === 'unseen' ? about.blame === about.source : isListed).toBe(true);
  });

  test(`the guard: ${about.guard}`, async () => {
    const guarded = [];
    for (const seed of seeds) guarded.push(await execute(wrong, fuzz, seed));
    // One that goes on may still be blocked: by its own history, which it does not agree with any more.
    const refused = guarded.filter(({ status, code }) => status === 'blocked' && code === 'ambient-call');
    expect(refused).toHaveLength(about.guard === 'refused' ? RUNS : 0);
    if (about.guard === 'refused') expect(guarded[0]!.details).toMatchObject({ call: about.blame });

    const { history } = await execute(wrong, fuzz, 0, 'traced');
    const { ambient } = await createRuntime([wrong], { guard: 'traced' }).decide(history);
    const noted = ambient.map(({ call, location }) => `${call} ${location.split(':').at(-2)}`);
    expect(noted).toEqual(about.guard === 'unseen' ? [] : [`${about.blame} ${marked[0]}`]);
  });

  test('repaired, it ends under the guard, and replays', async () => {
    for (const seed of seeds) {
      const { status, history } = await execute(repaired, fuzz, seed);
      expect(['completed', 'failed']).toContain(status);
      expect(await replay(repaired, history)).toBeUndefined();
    }
  });
});

const globals = new Set(Object.keys(globalThis));
let copies = 0;

/** The workflow as a process that has just started has it. */
async function fresh(name: string): Promise<Workflow> {
  for (const key of Object.keys(globalThis)) if (!globals.has(key)) Reflect.deleteProperty(globalThis, key);
  const url = new URL(`cases/${name}.ts?copy=${(copies += 1)}`, zoo);
  return ((await import(/* @vite-ignore */ url.href)) as CaseFile).wrong;
}

const reachable = cases.filter(({ file }) => ['module state', 'key order'].includes(file.about.source));

test.each(reachable)('$name does differ, once the process is another', async ({ name, file: { fuzz } }) => {
  const recorder = await fresh(name);
  const histories = [];
  for (const seed of seeds) histories.push((await execute(recorder, fuzz, seed, 'traced')).history);
  const differences = [];
  for (const history of histories) differences.push(await replay(await fresh(name), history));
  expect(differences.some((difference) => difference !== undefined)).toBe(true);
});

describe('the right ones', () => {
  test('are at least 34', () => {
    expect(rights.length).toBeGreaterThanOrEqual(34);
  });

  test.each(rights)('$name', async ({ name, file: { right, fuzz, why } }) => {
    expect(right.name).toBe(name);
    expect(why).toMatch(/^[A-Z`].{30,}\.$/s);
    const endings = [];
    for (const seed of seeds) {
      const { status, history } = await execute(right, fuzz, seed);
      endings.push(status);
      expect(await replay(right, history)).toBeUndefined();
    }
    expect(endings.every((status) => status === 'completed' || status === 'failed')).toBe(true);
    expect(endings).toContain('completed');
  });
});
