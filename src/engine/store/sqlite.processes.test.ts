import type { ChildProcess } from 'node:child_process';
import { execFileSync, spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdtempSync, readdirSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as wait } from 'node:timers/promises';
import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest';
import { started } from './conformance/support.js';
import { SqliteStore } from './sqlite.js';

// Real processes need plain JavaScript: the store is compiled into a folder of its own.
const root = join(import.meta.dirname, '../../..');
let built: string;
let file: string;
let round = 0;

beforeAll(() => {
  built = mkdtempSync(join(tmpdir(), 'crashwise-processes-'));
  symlinkSync(join(root, 'node_modules'), join(built, 'node_modules'));
  writeFileSync(join(built, 'package.json'), '{ "type": "module" }');
  const compilerOptions = { noEmit: false, paths: {}, rootDir: join(root, 'src'), outDir: built, types: ['node'] };
  const files = [join(root, 'src/engine/store/sqlite.ts')];
  writeFileSync(
    join(built, 'tsconfig.json'),
    JSON.stringify({ extends: join(root, 'tsconfig.json'), compilerOptions, files, include: [] }),
  );
  execFileSync(process.execPath, [join(root, 'node_modules/typescript/bin/tsc'), '-p', built], { stdio: 'inherit' });
}, 120_000);

afterAll(() => rmSync(built, { recursive: true, force: true }));

beforeEach(() => {
  round += 1;
  file = join(built, `store-${round}.db`);
});

interface Child {
  readonly child: ChildProcess;
  readonly code: Promise<number | null>;
  /** What it has printed so far. */
  output(): string;
  /** Resolves once it has printed this. */
  said(words: string): Promise<void>;
}

/** Runs a module that has `SqliteStore`, `file` and `say`, which prints a line even if the process dies right after. */
function run(body: string): Child {
  const module = `
    import { writeSync } from 'node:fs';
    import { SqliteStore } from ${JSON.stringify(join(built, 'engine/store/sqlite.js'))};
    const file = ${JSON.stringify(file)};
    const say = (...words) => writeSync(1, words.join(' ') + '\\n');
    ${body}`;
  const child = spawn(process.execPath, ['--input-type=module', '--eval', module], {
    stdio: ['pipe', 'pipe', 'inherit'],
  });
  let output = '';
  child.stdout!.setEncoding('utf8').on('data', (chunk: string) => {
    output += chunk;
  });
  const said = async (words: string): Promise<void> => {
    while (!output.includes(words)) await once(child.stdout!, 'data');
  };
  return { child, code: once(child, 'close').then(([code]) => code as number | null), output: () => output, said };
}

const STEPS = 12;

// Claims, writes one event, gives back or keeps, until every execution has ended. Says each claim, and each commit.
const WORKER = `
  import { setTimeout as wait } from 'node:timers/promises';
  const store = await SqliteStore.open(file);
  const worker = String(process.pid);
  for (;;) {
    const request = { worker, now: Date.now(), leaseMs: 300, limit: 2, workflows: ['flow'], skipBlocked: [] };
    const leases = await store.claim(request);
    for (const lease of leases) {
      say('claimed', lease.id, lease.token);
      const { length } = await store.get(lease.id);
      const events = [{ type: 'timer-fired', at: length, seq: length }];
      const status = length === ${STEPS} ? 'completed' : 'running';
      const rest = { status, problem: null, wakeAt: 0, release: true };
      try {
        if (await store.commit(lease, { expectedLength: length, events, ...rest })) say('recorded', lease.id, length);
      } catch (error) {
        if (error.code !== 'lease-lost') throw error;
      }
    }
    if (leases.length > 0) continue;
    if ((await store.list({ status: 'running' })).length === 0) break;
    await wait(5);
  }
  await store.close();`;

describe('several processes on one file', () => {
  test('no token twice, no write lost, none twice, though some are killed', async () => {
    const ids = Array.from({ length: 10 }, (_, index) => `e${index}`);
    const store = await SqliteStore.open(file);
    for (const id of ids) await store.create(started(id));
    const doomed = [run(WORKER), run(WORKER)];
    const workers = [run(WORKER), run(WORKER), run(WORKER)];
    for (const { child, code, said } of doomed) {
      // One that starts late may find that the others have done all the work.
      await Promise.race([said('recorded'), code]);
      child.kill('SIGKILL');
    }
    expect(await Promise.all(workers.map(({ code }) => code))).toEqual([0, 0, 0]);
    await Promise.all(doomed.map(({ code }) => code));
    const lines = [...doomed, ...workers].flatMap((each) => each.output().split('\n').slice(0, -1));
    const claims = lines.filter((each) => each.startsWith('claimed'));
    expect(new Set(claims).size).toBe(claims.length);
    const recorded = lines.filter((each) => each.startsWith('recorded'));
    expect(new Set(recorded).size).toBe(recorded.length);
    for (const id of ids) {
      const events = Array.from({ length: STEPS }, (_, index) => ({
        type: 'timer-fired',
        at: index + 1,
        seq: index + 1,
      }));
      expect(await store.history(id)).toEqual([started(id), ...events]);
    }
    // A killed process may have recorded without having said so; never the other way round.
    expect(recorded.length).toBeGreaterThanOrEqual(ids.length * STEPS - doomed.length);
    await store.close();
  });

  test('many make the file at once, and each finds what all have written', async () => {
    const makers = Array.from({ length: 6 }, (_, index) =>
      run(`
        const store = await SqliteStore.open(file);
        await store.create({ type: 'started', at: 1, id: 'e${index}', workflow: 'flow', seed: 's' });
        await store.close();`),
    );
    expect(await Promise.all(makers.map(({ code }) => code))).toEqual([0, 0, 0, 0, 0, 0]);
    const store = await SqliteStore.open(file);
    expect(await store.list()).toHaveLength(6);
    await store.close();
    expect(readdirSync(built).filter((name) => name.startsWith(`store-${round}.db`))).toEqual([`store-${round}.db`]);
  });

  test('killed at any moment of the making, the file can be opened', async () => {
    for (let delay = 0; delay < 12; delay += 1) {
      const { child, code, said } = run(`
        say('ready');
        const store = await SqliteStore.open(file);
        await store.create({ type: 'started', at: 1, id: 'a', workflow: 'flow', seed: 's' });
        say('made');`);
      await said('ready');
      await wait(delay * 2);
      child.kill('SIGKILL');
      await code;
      const store = await SqliteStore.open(file);
      await store.create(started(`after-${delay}`));
      await store.close();
    }
    const store = await SqliteStore.open(file);
    expect((await store.list()).length).toBeGreaterThanOrEqual(12);
    await store.close();
  });

  test.skipIf(process.platform === 'win32')('a limit on the size of files ends in store-full', async () => {
    const store = await SqliteStore.open(file);
    await store.create(started('a'));
    await store.close();
    // ulimit counts in blocks of 512 or 1,024 bytes; the shell ignores the signal on behalf of its children.
    const module = `
      import { SqliteStore } from ${JSON.stringify(join(built, 'engine/store/sqlite.js'))};
      const store = await SqliteStore.open(${JSON.stringify(file)});
      const input = 'x'.repeat(3_000_000);
      const failed = await store.create({ type: 'started', at: 1, id: 'b', workflow: 'flow', seed: 's', input }).catch((e) => e);
      await store.create({ type: 'started', at: 1, id: 'c', workflow: 'flow', seed: 's' });
      console.log(failed.code);`;
    const shell = [
      '-c',
      'trap "" XFSZ; ulimit -f 1024; exec "$0" --input-type=module --eval "$1"',
      process.execPath,
      module,
    ];
    expect(execFileSync('/bin/sh', shell, { encoding: 'utf8' }).trim()).toBe('store-full');
    const after = await SqliteStore.open(file);
    expect((await after.list()).map(({ id }) => id).sort()).toEqual(['a', 'c']);
    await after.close();
  });
});
