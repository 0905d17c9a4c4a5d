import {
  activities,
  createRuntime,
  deprecatePatch,
  patched,
  sleep,
  workflow,
  type ActivityOptions,
  type Command,
  type Divergence,
  type History,
  type Workflow,
} from 'crashwise/engine';
import { describe, expect, test } from 'vitest';
import { lab } from './lab.js';

// `decide` compares whole commands: each test records a history with one version of the code and decides with another.

interface Steps {
  charge: (customer: string, amount: number) => string;
  ship: (customer: string) => string;
}
const steps = { charge: () => 'ch_1', ship: () => 'sent' };
const { charge, ship } = activities<Steps>();

const version = (run: () => Promise<unknown>, options?: { strict: boolean }): Workflow =>
  workflow('order', run, options);

async function record(definition: Workflow): Promise<History> {
  const { client, work, settle } = lab();
  work([definition], steps);
  await client.start('order', { id: 'o1' });
  await settle();
  return client.history('o1');
}

const recorded = version(async () => {
  await charge('c1', 70);
  await sleep(1_000);
  await ship('c1');
  return 'done';
});

async function decideWith(history: History, run: () => Promise<unknown>, options?: { strict: boolean }) {
  return createRuntime([version(run, options)]).decide(history);
}

test('code that agrees when it is run once more, to find its line, has differed all the same', async () => {
  const history = await record(version(async () => charge('c1', 70)));
  let runs = 0;
  const { blocked, commands } = await decideWith(history, async () => charge('c1', (runs += 1) === 1 ? 71 : 70));
  expect(runs).toBe(2);
  expect(blocked?.code).toBe('non-determinism');
  expect(blocked!.details).toMatchObject({ difference: 'args[1]', location: expect.stringMatching(/:\d+:\d+$/) });
  expect(commands).toEqual([]);
});

describe('a change that blocks', () => {
  test.each<[what: string, difference: string, run: () => Promise<unknown>]>([
    ['another name', 'name', async () => [await ship('c1'), await sleep(1_000), await ship('c1')]],
    ['another argument', 'args[1]', async () => [await charge('c1', 71), await sleep(1_000), await ship('c1')]],
    ['another order', 'kind', async () => [await sleep(1_000), await charge('c1', 70), await ship('c1')]],
    ['another result', 'result', async () => (await charge('c1', 70), await sleep(1_000), await ship('c1'), 'other')],
    ['a step more', 'kind', async () => (await charge('c1', 70), await ship('c1'), await sleep(1_000), 'done')],
    ['a step less', 'kind', async () => (await charge('c1', 70), await sleep(1_000), 'done')],
  ])('%s', async (_, difference, run) => {
    const decision = await decideWith(await record(recorded), run);
    expect(decision.blocked?.code).toBe('non-determinism');
    expect(decision.commands).toEqual([]);
    const details = decision.blocked!.details as Divergence;
    expect(details.difference).toBe(difference);
    expect(details.location).toMatch(/determinism\.test\.ts:\d+:\d+$/);
  });

  test('a command that the code no longer asks for is named, with the line that asked last', async () => {
    const history = await record(version(async () => (await Promise.all([charge('c1', 70), ship('c1')]), 'done')));
    const decision = await decideWith(history, async () => (await charge('c1', 70), 'done'));
    const details = decision.blocked!.details as Divergence;
    expect(details.expected).toMatchObject({ name: 'ship' });
    expect(details.actual).toBeNull();
    expect(details.location).toMatch(/determinism\.test\.ts:\d+:\d+$/);
    expect(decision.blocked!.message).toContain('recorded  activity ship("c1")\n  now       (nothing)');
  });

  test('a catch in the workflow cannot hide it', async () => {
    const decision = await decideWith(await record(recorded), async () => {
      try {
        await ship('c2');
      } catch {
        await charge('c1', 70);
      }
      return 'done';
    });
    expect(decision.blocked?.code).toBe('non-determinism');
  });
});

describe('a change that does not block', () => {
  const slower = (options: ActivityOptions, waitMs: number) => async () => {
    const later = activities<Steps>(options);
    await later.charge('c1', 70);
    await sleep(waitMs);
    await ship('c1');
    return 'done';
  };
  const changed = slower({ startToCloseTimeoutMs: 60_000, retry: { maximumAttempts: 9 } }, 5_000);

  test('of options and durations is noted as drift', async () => {
    const { blocked, drift } = await decideWith(await record(recorded), changed);
    expect(blocked).toBeUndefined();
    expect(drift.map(({ decision, path }) => `${decision} ${path}`)).toEqual([
      '1 options.startToCloseTimeoutMs',
      '2 durationMs',
    ]);
  });

  test('and what was recorded stays in force: a sleep keeps its length', async () => {
    const { client, clock, store, work, settle } = lab();
    await client.start('order', { id: 'o1' });
    const old = work([recorded], steps);
    await settle(500);
    await old.stop();
    const startedAt = clock.time;
    work([version(changed)], steps);
    await settle();
    expect(clock.time - startedAt).toBeLessThan(1_000);
    expect((await store.get('o1'))?.status).toBe('completed');
  });

  test('unless the workflow is strict', async () => {
    const { blocked } = await decideWith(await record(recorded), changed, { strict: true });
    expect(blocked?.code).toBe('non-determinism');
    expect((blocked!.details as Divergence).difference).toBe('options.startToCloseTimeoutMs');
  });
});

describe('patched', () => {
  const withPatch = async (): Promise<unknown> => {
    if (patched('ship-first')) {
      await ship('c1');
      await charge('c1', 70);
    } else {
      await charge('c1', 70);
    }
    await sleep(1_000);
    if (!patched('ship-first')) await ship('c1'); // One answer for the whole life of an execution.
    return 'done';
  };
  const markers = (history: History): Command[] =>
    history.flatMap((event) => (event.type === 'decided' ? event.commands.filter(({ kind }) => kind === 'patch') : []));

  test('old executions keep their path, new ones take the new one', async () => {
    const old = await record(recorded);
    expect((await decideWith(old, withPatch)).blocked).toBeUndefined();
    const fresh = await record(version(withPatch));
    expect(markers(fresh)).toEqual([{ kind: 'patch', id: 'ship-first', deprecated: false }]);
    expect((await decideWith(fresh, withPatch)).blocked).toBeUndefined();
  });

  test('deprecated: histories with the marker still replay; those of before the patch do not', async () => {
    const deprecated = async (): Promise<unknown> => {
      deprecatePatch('ship-first');
      await ship('c1');
      await charge('c1', 70);
      await sleep(1_000);
      return 'done';
    };
    const removed = async (): Promise<unknown> => {
      await ship('c1');
      await charge('c1', 70);
      await sleep(1_000);
      return 'done';
    };
    const patchedHistory = await record(version(withPatch));
    const deprecatedHistory = await record(version(deprecated));
    expect((await decideWith(patchedHistory, deprecated)).blocked).toBeUndefined();
    expect((await decideWith(deprecatedHistory, deprecated)).blocked).toBeUndefined();
    expect((await decideWith(deprecatedHistory, removed)).blocked).toBeUndefined();
    expect((await decideWith(patchedHistory, removed)).blocked?.code).toBe('non-determinism');
    expect((await decideWith(await record(recorded), deprecated)).blocked?.code).toBe('non-determinism');
  });
});

describe('a blocked execution', () => {
  test('keeps what was recorded, does not fail, and resumes after a fixed deploy', async () => {
    const { client, store, reports, work, settle } = lab();
    await client.start('order', { id: 'o1' });
    const first = work([recorded], steps);
    await settle(500);
    await first.stop();

    const broken = version(async () => (await charge('c1', 99), await sleep(1_000), await ship('c1'), 'done'));
    const second = work([broken], steps);
    await settle(5_000);
    await second.stop();
    const blocked = await store.get('o1');
    expect(blocked).toMatchObject({ status: 'blocked', leaseOwner: null, problem: { code: 'non-determinism' } });
    expect(reports.map(({ code }) => code)).toEqual(['non-determinism']); // Tried once by this process, not again and again.

    work([recorded], steps);
    await settle();
    expect(await client.result('o1')).toBe('done');
  });

  test('an activity that the worker does not know blocks, and a worker that knows it goes on', async () => {
    const { client, store, work, settle } = lab();
    await client.start('order', { id: 'o1' });
    const first = work([recorded], { ship: steps.ship });
    await settle(100);
    await first.stop();
    expect(await store.get('o1')).toMatchObject({ status: 'blocked', problem: { code: 'activity-not-registered' } });
    work([recorded], steps);
    await settle();
    expect(await client.result('o1')).toBe('done');
  });

  test.each<[code: string, run: () => Promise<unknown>]>([
    ['ambient-call', async () => process.env['HOME']],
    ['foreign-await', () => new Promise(() => {})],
    ['foreign-await', async () => (await new Promise((resolve) => setImmediateOf()(resolve)), await ship('c1'))],
    ['not-serializable', async () => charge('c1', 70n as unknown as number)],
    ['not-serializable', async () => new Map()],
    ['payload-too-large', async () => 'x'.repeat(3 * 1024 * 1024)],
  ])('%s blocks instead of failing', async (code, run) => {
    const { client, store, work, settle } = lab();
    work([version(run)], steps);
    await client.start('order', { id: 'o1' });
    await settle(100);
    expect(await store.get('o1')).toMatchObject({ status: 'blocked', problem: { code } });
  });
});

// A reference that the guard cannot see, as a library might hold one.
const hidden = setImmediate;
function setImmediateOf(): typeof setImmediate {
  return hidden;
}
