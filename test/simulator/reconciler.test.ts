import { defineScenario, defineService, reconciler, simulate, type ReconcilerOptions } from 'crashwise/simulator';
import { describe, expect, test } from 'vitest';

// Goal: a loop that computes the difference each time survives everything, and each thing that makes it so is needed.

const cloud = defineService({
  initial: { servers: [] as readonly string[], made: 0 },
  requests: {
    list: (state) => ({ state, result: state.servers, effect: 'none', text: `there are ${state.servers.length}` }),
    create: (state, { name }: { name?: string }) => {
      if (name !== undefined && state.servers.includes(name))
        return { state, result: name, effect: 'refused', text: `${name} is there` };
      const made = name ?? `server-${state.made + 1}`;
      return {
        state: { servers: [...state.servers, made], made: state.made + 1 },
        result: made,
        effect: 'done',
        text: `${made} is made`,
      };
    },
    remove: (state, { name }: { name: string }) => ({
      state: { ...state, servers: state.servers.filter((other) => other !== name) },
      result: null,
      effect: state.servers.includes(name) ? 'done' : 'refused',
      text: `${name} is gone`,
    }),
  },
  view: ({ servers }) => servers,
});
const services = { cloud };

type Options = ReconcilerOptions<typeof services, readonly string[]>;

const step = (effect: string) => ({
  title: effect,
  effect,
  class: 'at-least-once' as const,
  property: effect,
  key: () => 'fleet',
  text: ({ name }: { name?: string }) => `${effect} ${name ?? ''}`,
  twice: () => `${effect} twice`,
  never: () => `${effect} never`,
});
const two = { title: 'a and b', state: ['a', 'b'] };
const other = { title: 'b and c', state: ['b', 'c'] };

async function outcomeOf(options: Partial<Options>, wanted = 'b,c') {
  const pattern = reconciler<typeof services, readonly string[]>({
    desired: two,
    drifts: [other],
    pass: diff,
    ...options,
  });
  const scenario = defineScenario({
    name: 'fleet',
    title: 'servers',
    services,
    keys: ['fleet'],
    steps: [step('cloud.create')],
    goal: {
      property: 'converges',
      reached: (world) => [...world.cloud.servers].sort().join() === wanted,
      missed: (where) => `It does not converge: ${where}.`,
    },
    patterns: [pattern],
    assumes: [],
  });
  const { runs } = await simulate({ scenarios: [scenario as never] });
  return runs[0]!;
}

async function brokenBy(options: Partial<Options>, wanted?: string) {
  const { verdict, stoppedBy, violations } = await outcomeOf(options, wanted);
  return { verdict, stoppedBy, broken: violations.map(({ sentence, crashes }) => `${crashes}: ${sentence}`) };
}

const PROVED = { verdict: 'proved', stoppedBy: 'closed', broken: [] };

const diff: Options['pass'] = async (wanted, { services: { cloud: api } }) => {
  const there = await api.list();
  for (const name of there.filter((one) => !wanted.includes(one))) await api.remove({ name });
  for (const name of wanted.filter((one) => !there.includes(one))) await api.create({ name });
};

/** One change a pass, as a controller does that waits for what it has asked for. */
const oneAtATime: Options['pass'] = async (wanted, { services: { cloud: api } }) => {
  const there = await api.list();
  const extra = there.find((one) => !wanted.includes(one));
  const missing = wanted.find((one) => !there.includes(one));
  if (extra !== undefined) await api.remove({ name: extra });
  else if (missing !== undefined) await api.create({ name: missing });
};

test('a pass that computes the difference converges, whenever the change comes and whatever crashes', async () => {
  expect(await brokenBy({})).toEqual(PROVED);
});

test('the certificate says what bounds a flow without an end', async () => {
  const { certificate } = await outcomeOf({});
  expect(certificate.assumes).toContain(
    'what is wanted changes once, at any moment: the flow without an end is bounded by that',
  );
});

describe('what makes it so', () => {
  test('the difference is to what is there: a pass that only adds does not converge', async () => {
    const adds: Options['pass'] = async (wanted, { services: { cloud: api } }) => {
      const there = await api.list();
      for (const name of wanted.filter((one) => !there.includes(one))) await api.create({ name });
    };
    const { broken } = await brokenBy({ pass: adds });
    expect(broken).toEqual(['0: It does not converge: the last pass changed nothing, with b and c wanted.']);
  });

  test('looking first: a pass that acts on the edge makes more with each resync, and never rests', async () => {
    const edge: Options['pass'] = async (wanted, { services: { cloud: api } }) => {
      for (let n = 0; n < wanted.length; n += 1) await api.create({});
    };
    expect(await brokenBy({ pass: edge, drifts: [] })).toMatchObject({
      verdict: 'inconclusive',
      stoppedBy: 'endless-life',
    });
  });

  test('resync: a pass that does one thing at a time needs the next one', async () => {
    expect(await brokenBy({ pass: oneAtATime })).toEqual(PROVED);
    const { verdict, broken } = await brokenBy({ pass: oneAtATime, resyncMs: Infinity });
    expect(verdict).toBe('violated');
    expect(broken).toEqual(['0: It does not converge: the last pass changed nothing, with b and c wanted.']);
  });

  test('backoff: a pass that throws is followed by another, without any resync', async () => {
    const shy: Options['pass'] = async (wanted, tools) => {
      const there = await tools.services.cloud.list();
      await oneAtATime(wanted, tools);
      if (there.length < 2) throw new Error('not all is ready');
    };
    expect(await brokenBy({ pass: shy, drifts: [], resyncMs: Infinity }, 'a,b')).toEqual(PROVED);
  });

  test('a change of what is wanted is acted on at once, without any resync', async () => {
    expect(await brokenBy({ resyncMs: Infinity })).toEqual(PROVED);
  });
});
