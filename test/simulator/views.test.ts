import {
  defineService,
  queue,
  simulate,
  withTime,
  type QueueOptions,
  type QueueTools,
  type Scenario,
  type SimulateOptions,
} from 'crashwise/simulator';
import { describe, expect, test } from 'vitest';
import { diskPattern, toyScenario } from './toy.js';

// Goal: a view of a service that hides what matters is no proof, however late it matters and whatever has to be asked in
// which order until it does.

interface Door {
  readonly n: number;
  readonly last: string;
  readonly ok: boolean;
}

/** A door that counts requests unlike the one before, and whose view counts to two. `blockedAt`: where that was too early. */
const door = (blockedAt: number, view: (door: Door) => unknown = (one) => ({ ...one, n: Math.min(one.n, 2) })) =>
  defineService({
    initial: { n: 0, last: '', ok: false } as Door,
    requests: {
      go(state, { op }: { op: string }) {
        const n = op === state.last ? state.n : state.n + 1;
        const result = n >= blockedAt ? 'blocked' : 'open';
        return { state: { n, last: op, ok: true }, result, effect: 'done', text: `the door: ${result}` };
      },
    },
    view,
  });
const bomb = defineService({
  initial: { booms: 0 },
  requests: {
    boom: ({ booms }) => ({ state: { booms: Math.min(booms + 1, 2) }, result: null, effect: 'done', text: 'boom' }),
  },
});
const servicesOf = (one: ReturnType<typeof door>, other: ReturnType<typeof door>) => ({ door: one, gate: other, bomb });
type Tools = QueueTools<ReturnType<typeof servicesOf>>;
type Clients = Tools['services'];
type Job = (
  clients: Clients,
  job: { deliveries: number; data: { id: string }; randomUUID?: () => string },
) => Promise<unknown>;

const step = (effect: string, changes: object = {}) => ({
  title: effect,
  effect,
  class: 'at-least-once',
  property: `once-${effect}`,
  key: () => 'a',
  text: () => effect,
  twice: () => `${effect} twice`,
  never: () => `${effect} never`,
  ...changes,
});

async function run(
  blockedAt: number,
  work: Job,
  {
    other = door(Infinity),
    one = door(blockedAt),
    ...changes
  }: Record<string, unknown> & {
    one?: ReturnType<typeof door>;
    other?: ReturnType<typeof door>;
    limits?: Partial<QueueOptions<Tools>>;
    options?: Partial<SimulateOptions>;
  } = {},
) {
  const { limits, options, ...more } = changes;
  const services = servicesOf(one, other);
  const scenario = {
    ...toyScenario([], ['a']),
    services,
    steps: [step('door.go'), step('gate.go', { class: 'read' }), step('bomb.boom', { class: 'at-most-once' })],
    goal: { property: 'ends', reached: ({ door: { ok } }: { door: Door }) => ok, missed: () => 'never open' },
    invariants: [
      { property: 'no-boom', holds: (w: { bomb: { booms: number } }) => w.bomb.booms === 0, broken: () => 'Boom.' },
    ],
    patterns: [
      queue<typeof services>({
        messages: [{ name: 'open', data: { id: 'a' } }],
        maxDeliveries: 50,
        ...limits,
        jobs: ({ services: clients, randomUUID }) => ({
          open: ({ deliveries, data: { id } }) => work(clients, { deliveries, data: { id: id as string }, randomUUID }),
        }),
      }),
    ],
    endings: { parked: 'redriven' },
    ...more,
  };
  const { runs } = await simulate({ scenarios: [scenario as unknown as Scenario], budgetMs: 60_000, ...options });
  const { verdict, stoppedBy, certificate, violations } = runs[0]!;
  return {
    verdict,
    stoppedBy,
    broken: violations.map(({ property }) => property),
    crashes: violations[0]?.crashes,
    hazard: certificate.notCovered.at(-1),
    assumes: certificate.assumes,
  };
}

/** Goes through these, one after the other, and where it is blocked, boom. */
const rotation =
  (...ops: string[]): Job =>
  async ({ door: client, bomb: { boom } }) => {
    for (const op of ops) {
      if ((await client.go({ op })) !== 'blocked') continue;
      await boom();
      return;
    }
  };

const BLOCKED = { verdict: 'violated', broken: ['no-boom'] };
const PROVED = { verdict: 'proved', stoppedBy: 'closed', broken: [] };
const LATER =
  /^what views leave out of .* does not matter later than was tried: \d+ states, up to \d+ crashes in a row$/;
const later = expect.stringMatching(LATER) as string;

describe('a count that goes on only where requests take turns', () => {
  test.each([
    ['two', 5, rotation('a', 'b')],
    ['three', 3, rotation('a', 'b', 'c')],
    ['two, there and back,', 5, rotation('a', 'b', 'a')],
  ])('%s requests', async (_, crashes, work) => {
    const { hazard, ...found } = await run(12, work);
    expect(found.broken).toContain('no-boom');
    expect(found).toMatchObject({ verdict: 'violated', crashes });
    expect(hazard).toBe('crashes after a count is broken');
  });

  test('two services, each with its own turns', async () => {
    const work: Job = async ({ door: client, gate, bomb: { boom } }) => {
      for (const op of ['a', 'b']) {
        await gate.go({ op });
        if ((await client.go({ op })) === 'blocked') await boom();
      }
    };
    expect(await run(12, work)).toMatchObject(BLOCKED);
  });

  test('two services of which only an invariant sees both', async () => {
    const work: Job = async ({ door: client, gate }) => {
      for (const op of ['a', 'b']) await Promise.all([client.go({ op }), gate.go({ op })]);
    };
    const sum = {
      property: 'few',
      holds: (world: { door: Door; gate: Door }) => world.door.n + world.gate.n < 15,
      broken: () => 'Fifteen.',
    };
    expect(await run(Infinity, work, { invariants: [sum] })).toMatchObject({ verdict: 'violated', broken: ['few'] });
  });

  test('what is blocked breaks nothing: no proof either, and the certificate names the request', async () => {
    const work: Job = async ({ door: client }) => {
      for (const op of ['a', 'b']) await client.go({ op });
    };
    const { hazard, ...found } = await run(12, work);
    expect(found).toMatchObject({ verdict: 'inconclusive', stoppedBy: 'projection', broken: [] });
    expect(hazard).toBe(
      'door: an unsound view: after 5 crashes, door.go({"op":"b"}) is answered otherwise, and the view leaves that out',
    );
  });

  test('a service that keeps the whole list of what it was asked', async () => {
    const turns = (log: readonly string[]): number => log.filter((op, index) => op !== log[index - 1]).length;
    const one = defineService({
      initial: { log: [] as readonly string[], ok: false },
      requests: {
        go(state, { op }: { op: string }) {
          const log = [...state.log, op];
          return { state: { log, ok: true }, result: turns(log) >= 9 ? 'blocked' : 'open', effect: 'done', text: '' };
        },
      },
      view: ({ log, ok }) => [Math.min(turns(log), 2), log.at(-1) ?? '', ok],
    });
    const { broken } = await run(0, rotation('a', 'b'), { one: one as never });
    expect(broken).toContain('no-boom');
  });

  test('two messages, each with one request of its own', async () => {
    const messages = ['a', 'b'].map((id) => ({ name: 'open', data: { id } }));
    const work: Job = async (clients, { data }) => rotation(data.id)(clients, { data, deliveries: 0 });
    expect(await run(9, work, { limits: { messages, maxDeliveries: Infinity } })).toMatchObject(BLOCKED);
  });
});

describe('requests that tell which attempt it is', () => {
  const work: Job = async (clients, job) => rotation(String(job.deliveries))(clients, job);
  const hidden = (): ReturnType<typeof door> => door(12, ({ n, ok }) => ({ n: Math.min(n, 2), ok }));

  test.each([
    ['the view shows the last one', door(12)],
    ['the view hides it', hidden()],
  ])('a queue that counts to 50; %s', async (_, one) => {
    expect(await run(0, work, { one })).toMatchObject(BLOCKED);
  });

  // Shown, it would make the states endless.
  test('a queue without a limit; the view hides it', async () => {
    const { verdict } = await run(0, work, { one: hidden(), limits: { maxDeliveries: Infinity } });
    expect(verdict).not.toBe('proved');
  });
});

// Two calls in flight that change nothing in the search: whichever comes first, one run goes on for both.
test('requests of which the order matters only to what the view hides', async () => {
  const one = defineService({
    initial: { n: 0, ok: false },
    requests: {
      go({ n, ok }, { op }: { op: string }) {
        const idle = n < 5 || n >= 10;
        const next: Record<string, number> = {
          start: Math.min(n + 1, 5),
          double: idle ? n : n * 2,
          add: idle ? n : n + 1,
        };
        const result = op === 'look' && n === 12 ? 'blocked' : 'open';
        return { state: { n: next[op] ?? n, ok: ok || op === 'look' }, result, effect: 'done', text: '' };
      },
    },
    view: ({ n, ok }) => [n > 0, ok],
  });
  const work: Job = async ({ door: client, gate, bomb: { boom } }) => {
    await client.go({ op: 'start' });
    await Promise.all(['double', 'add'].map((op) => client.go({ op })));
    const [looked] = await Promise.all([client.go({ op: 'look' }), gate.go({ op: 'a' })]);
    if (looked === 'blocked') await boom();
  };
  expect(await run(0, work, { one: one as never })).toMatchObject(BLOCKED);
});

test('a late request that changes nothing in the search, and something where a hidden count is higher', async () => {
  const change: Record<string, (state: Lamp) => Lamp> = {
    look: (state) => ({ ...state, poked: false, ready: false, ok: true }),
    poke: (state) => (!state.ready ? { ...state, poked: true } : state.n < 4 ? state : { ...state, armed: true }),
    tick: (state) => (state.poked ? { ...state, n: Math.min(state.n + 1, 5), ready: true } : state),
  };
  const initial = { n: 0, poked: false, ready: false, armed: false, ok: false };
  type Lamp = typeof initial;
  const one = defineService({
    initial,
    requests: {
      go(state, { op }: { op: string }) {
        const result = op === 'look' && state.armed ? 'blocked' : 'open';
        return { state: change[op]!(state), result, effect: op === 'poke' ? 'none' : 'done', text: '' };
      },
    },
    view: ({ n, poked, ready, ok }) => [n > 0, poked, ready, ok],
  });
  const work = rotation('look', 'poke', 'tick', 'look');
  const its = { one: one as never, limits: { maxDeliveries: Infinity } };
  expect(await run(0, work, { ...its, options: { faults: [] } })).toMatchObject(PROVED);
  expect(await run(0, work, { ...its, options: { faults: ['late'], maxFaults: 1 } })).toMatchObject(BLOCKED);
});

test('a request that a life repeats for ever, and that is counted only behind the view', async () => {
  const lamp = defineService({
    initial: { n: 0 },
    requests: {
      // Once in each life.
      flash: ({ n }, _request: { what: string }) => ({
        state: { n: Math.min(n + 1, 5) },
        result: null,
        effect: 'done',
        text: '',
      }),
      poll: ({ n }) => ({
        state: { n: n < 5 ? n : n + 1 },
        result: n > 30 ? 'blocked' : 'open',
        effect: 'none',
        text: '',
      }),
    },
    view: ({ n }) => n > 0,
  });
  const watch = diskPattern({ page: 0 }, (disk, client, life) => {
    const polling = client as unknown as { poll: () => Promise<unknown> };
    const wait = (): Promise<void> => new Promise((resolve) => void life.clock.at(life.now + 60_000, () => resolve()));
    void (async () => {
      await client.flash({ what: 'a' });
      for (;;) {
        await life.call(
          { name: 'turn', kind: 'other', text: '' },
          () => void (disk.part = { page: 1 - disk.part.page }),
        );
        await polling.poll();
        await wait();
      }
    })();
  });
  const scenario = {
    ...toyScenario([watch], ['a'], 'at-least-once'),
    services: { lamp },
    goal: { property: 'ends', reached: ({ lamp: { n } }: { lamp: { n: number } }) => n > 0, missed: () => '' },
  };
  const { runs } = await simulate({ scenarios: [scenario as unknown as Scenario] });
  expect(runs[0]!.verdict).not.toBe('proved');
  expect(runs[0]!.certificate.notCovered).toContainEqual(
    expect.stringMatching(/^lamp: an unsound view: .*lamp\.poll\(\) is answered otherwise/),
  );
});

describe('a view that tells the truth is still proved', () => {
  test('a count of which no answer depends: the certificate says how far that was tried', async () => {
    const { assumes, ...found } = await run(Infinity, rotation('a', 'b'));
    expect(found).toMatchObject(PROVED);
    expect(assumes).toContainEqual(later);
  });

  test('a count that ends: it was tried to its end, and nothing is taken for granted', async () => {
    const short = defineService({
      ...door(Infinity),
      requests: {
        go(state: Door, { op }: { op: string }) {
          const n = op === state.last ? state.n : Math.min(state.n + 1, 7);
          return { state: { n, last: op, ok: true }, result: 'open', effect: 'done', text: '' };
        },
      },
    });
    const { assumes, ...found } = await run(0, rotation('a', 'b'), { one: short as never, other: short as never });
    expect(found).toMatchObject(PROVED);
    expect(assumes).not.toContainEqual(later);
  });

  test('a count that a limit on deliveries keeps from where it would matter', async () => {
    const limits = { maxDeliveries: 5 };
    const park = { limits, endings: {} };
    const proved = await run(12, rotation('a', 'b'), park);
    expect(proved.hazard ?? '').not.toMatch(/unsound/);
    expect(proved.broken).not.toContain('no-boom');
    const { broken } = await run(10, rotation('a', 'b'), park);
    expect(broken).toContain('no-boom');
  });

  test('fresh ids stand for each other', async () => {
    const one = defineService({
      initial: { known: '', before: [] as readonly string[], ok: false },
      requests: {
        go({ known, before }, { op }: { op: string }) {
          const state = { known: op, before: op === known ? before : [...before.slice(-3), known], ok: true };
          return { state, result: op === known, effect: op === known ? 'refused' : 'done', text: '' };
        },
      },
      view: ({ known, ok }) => [known, ok],
    });
    const work: Job = async ({ door: client, bomb: { boom } }, { randomUUID }) => {
      const op = randomUUID!();
      if (await client.go({ op })) await boom();
      if (!(await client.go({ op }))) await boom();
    };
    const { assumes, ...found } = await run(0, work, { one: one as never });
    expect(found).toMatchObject(PROVED);
    expect(assumes).not.toContainEqual(later);
  });

  test('a service that knows the time is tried with one request repeated, and the certificate says so', async () => {
    const { requests, ...rest } = door(Infinity);
    const one = defineService({ ...rest, requests: { go: withTime(() => requests.go) } });
    const { assumes, ...found } = await run(0, rotation('a', 'b'), { one: one as never });
    expect(found).toMatchObject(PROVED);
    expect(assumes).toContain(
      'what the view of door leaves out, which knows the time, was tried with one request repeated',
    );
  });
});
