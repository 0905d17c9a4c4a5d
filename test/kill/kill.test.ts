import { spawn } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { SqliteStore } from 'crashwise/engine';
import { World } from 'crashwise/simulator';
import { describe, expect, test } from 'vitest';
import { flows } from './flows.js';
import { canonicalParts } from './canonical-parts.js';

// Goal: what a killed process leaves on a real disk is what the simulator says that a crash there leaves. Method: a
// worker process stops itself at each moment of its first life and is killed there with SIGKILL; the file and the
// world are read back and compared, nothing projected away, with the simulator's snapshot of that moment. Then the
// same code, free of the simulator, is killed at random moments: what is left must be one of the snapshots.
// SIGKILL is not a power cut: what the process handed to the operating system is kept.

const RANDOM_KILLS = 200;
const child = new URL('./child.mjs', import.meta.url).pathname;

describe.each(Object.keys(flows))('%s', (name) => {
  const scenario = flows[name]!;
  const world = new World(
    scenario,
    scenario.patterns.find((pattern) => pattern.name === 'durable')!,
  );

  test('a kill at each moment leaves what the snapshot of that moment holds', async () => {
    const { moments } = await world.life(world.initial, { choices: [], faults: [] });
    expect(moments.length).toBeGreaterThan(20);
    await inParallel(moments, async ({ point, state }, index) => {
      const left = await killedAt(name, index);
      expect(left.told, `moment ${index}`).toEqual({ point, now: state.now });
      expect(left.parts, `moment ${index}, ${point.site}.${point.phase}`).toEqual(
        canonicalParts(state.parts, state.now),
      );
    });
    console.log(`${name}: ${moments.length} kills, each at its moment, no difference`);
  });

  test('a kill at a random moment leaves one of the snapshots', async () => {
    const snapshots = new Set<string>();
    for await (const trace of world.lives(world.initial)) {
      for (const { state } of trace.moments) snapshots.add(JSON.stringify(canonicalParts(state.parts, state.now)));
    }
    const kills = Math.ceil(RANDOM_KILLS / Object.keys(flows).length);
    const found = new Map<string, number>();
    await inParallel(Array.from({ length: kills }), async (_, count) => {
      const left = JSON.stringify((await killedAfter(name, Math.random() * 120)).parts);
      expect([...snapshots], `after kill ${count}`).toContain(left);
      found.set(left, (found.get(left) ?? 0) + 1);
    });
    console.log(`${name}: ${kills} random kills left ${found.size} of ${snapshots.size} snapshots, and nothing else`);
    expect(found.size).toBeGreaterThan(3);
  });
});

/** All of these, a few at a time: most of what a kill takes is the start of a process. */
async function inParallel<T>(items: readonly T[], body: (item: T, index: number) => Promise<void>): Promise<void> {
  const left = items.entries();
  const work = async (): Promise<void> => {
    for (const [index, item] of left) await body(item, index);
  };
  await Promise.all(Array.from({ length: 3 }, work));
}

interface Left {
  readonly told: { readonly now?: number };
  readonly parts: unknown;
}

async function killedAt(name: string, moment: number): Promise<Left> {
  return inDirectory(async (directory) => {
    const { process, told } = start(['boundary', name, directory, String(moment)]);
    const text = await told;
    return kill(process, directory, text);
  });
}

async function killedAfter(name: string, delayMs: number): Promise<Left> {
  return inDirectory(async (directory) => {
    const { process, told } = start(['random', name, directory]);
    const text = await told;
    await new Promise((resolve) => {
      setTimeout(resolve, delayMs);
    });
    return kill(process, directory, text);
  });
}

function start(args: readonly string[]) {
  const started = spawn(process.execPath, [child, ...args], { stdio: ['ignore', 'inherit', 'inherit', 'pipe'] });
  const told = new Promise<Left['told']>((resolve, reject) => {
    started.stdio[3]!.once('data', (data: Buffer) => resolve(JSON.parse(data.toString()) as Left['told']));
    started.once('exit', (code) => reject(new Error(`the worker process ended by itself with ${code}`)));
  });
  return { process: started, told };
}

async function kill(started: ReturnType<typeof spawn>, directory: string, told: Left['told']): Promise<Left> {
  const gone = new Promise((resolve) => {
    started.once('exit', (_, signal) => resolve(signal));
  });
  started.kill('SIGKILL');
  expect(await gone).toBe('SIGKILL');
  const now = Date.now();
  const store = await SqliteStore.open(join(directory, 'engine.db'));
  const executions: Record<string, unknown> = {};
  for (const execution of await store.list()) {
    executions[execution.id] = { execution, history: await store.history(execution.id) };
  }
  await store.close();
  const outside = JSON.parse(readFileSync(join(directory, 'world.json'), 'utf8')) as Record<string, unknown>;
  return { told, parts: canonicalParts({ ...outside, store: { executions } }, told.now ?? now) };
}

async function inDirectory<T>(body: (directory: string) => Promise<T>): Promise<T> {
  const directory = mkdtempSync(join(tmpdir(), 'crashwise-kill-'));
  try {
    return await body(directory);
  } finally {
    rmSync(directory, { recursive: true, force: true });
  }
}
