import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { setFlagsFromString } from 'node:v8';
import { runInNewContext } from 'node:vm';
import { setImmediate as turn } from 'node:timers/promises';
import { afterAll, describe, expect, it } from 'vitest';
import { engineError } from './errors.js';
import { installGuard } from './guard.js';
import { runInScope, type AmbientCall, type Scope } from './scope.js';

// The examples are taken from the page and run as they stand there.
interface Example {
  workflow(): unknown;
  prepare?(argument?: string): unknown;
}

const page = readFileSync(new URL('../../docs/guides/guard.md', import.meta.url), 'utf8');
const blocks = new Map(
  [...page.matchAll(/<!-- blind: ([\w-]+) -->\s+```js\n(.*?)```/gs)].map(([, id = '', code = '']) => [id, code]),
);
const directory = mkdtempSync(join(tmpdir(), 'crashwise-guard-'));
const seen: AmbientCall[] = [];
const scopeOf = (guard: Scope['guard']): Scope => ({
  guard,
  note: (call) => void seen.push(call),
  refuse(call) {
    seen.push(call);
    throw engineError('ambient-call', `${call.call} at ${call.location}`);
  },
  now: () => 1_000,
  random: () => 0.25,
  uuid: () => '00000000-0000-4000-8000-000000000000',
});
const examples = new Map<string, Example>();
for (const [id, code] of blocks) {
  const file = join(directory, `${id}.mjs`);
  writeFileSync(file, code);
  // Imported before the guard is installed, as the files of a user are.
  examples.set(id, (await import(/* @vite-ignore */ pathToFileURL(file).href)) as Example);
}
installGuard();

afterAll(() => rmSync(directory, { recursive: true }));

/** Runs `body` once with each of two values of a variable of the environment. */
function withEither<T>(name: string, values: readonly [string, string], body: () => T): T[] {
  const before = process.env[name];
  try {
    return values.map((value) => {
      process.env[name] = value;
      return body();
    });
  } finally {
    if (before === undefined) delete process.env[name];
    else process.env[name] = before;
  }
}

const RECENT = Date.UTC(2025, 0, 1);
type Run = () => unknown;

// What makes the answer one of the surroundings, and not of the workflow.
const shows: Record<string, (run: Run, example: Example) => unknown> = {
  'captured-reference': (run) => expect(run()).toBeGreaterThan(RECENT),
  'replaced-later': (run, example) => {
    const guarded = Math.random;
    example.prepare?.();
    try {
      expect(run()).toBe(0.5);
    } finally {
      Math.random = guarded;
    }
    // Back in its place, the guard answers again.
    expect(runInScope(scopeOf('guarded'), () => example.workflow())).toBe(0.25);
  },
  'made-outside': (run) =>
    expect(run()).toBe(new Intl.DateTimeFormat(undefined, { timeStyle: 'full' }).format(new Date(0))),
  'fixed-property': (run) => expect(run()).toHaveLength(16),
  native: (run) => expect(run()).toBeGreaterThan(0),
  'clock-inside-node': (run) => expect(run()).not.toBe(run()),
  'randomness-inside-node': (run) => expect(run()).not.toBe(run()),
  'calls-by-node': (run) => expect(withEither('FORCE_COLOR', ['0', '3'], run)).toEqual([1, 24]),
  'called-by-an-emitter': (run) => expect(run()).toBe(true),
  'other-realm': (run) => expect(run()).toBeGreaterThan(RECENT),
  'worker-thread': async (run) => expect(await run()).toBeGreaterThan(RECENT),
  'date-string': (run) => {
    const [here, there] = withEither('TZ', ['Asia/Tokyo', 'America/Lima'], run);
    expect(here).not.toBe(there);
  },
  'unknown-locale': (run) => expect(run()).toBe(new Intl.NumberFormat().resolvedOptions().locale),
  'module-state': (run) => expect(run()).not.toBe(run()),
  'insertion-order': (run, example) => {
    for (const region of ['west', 'east']) example.prepare?.(region);
    expect(run()).toEqual(['west', 'east']);
  },
  'process-data': (run) => expect(run()).toEqual([process.platform, process.version, process.ppid, ...process.argv]),
  'module-location': (run) => expect(run()).toContain('crashwise-guard-'),
  'error-stack': (run) => expect(run()).toContain('crashwise-guard-'),
  'garbage-collection': async (run) => {
    setFlagsFromString('--expose-gc');
    const collect = runInNewContext('gc') as () => void;
    await turn();
    collect();
    expect(run()).toBe(false);
  },
};

it('has a test for each example of the page, and an example for each test', () => {
  expect([...blocks.keys()].toSorted()).toEqual(Object.keys(shows).toSorted());
});

describe.each(['guarded', 'traced'] as const)('%s', (guard) => {
  it.each(Object.entries(shows))('does not see: %s', async (id, show) => {
    const example = examples.get(id)!;
    seen.length = 0;
    await show(() => runInScope(scopeOf(guard), () => example.workflow()), example);
    expect(seen).toEqual([]);
  });
});
