import { defineScenario, defineService, simulate, type Scenario, type ServiceClients } from 'crashwise/simulator';
import { Chalk } from 'chalk';
import { expect, test } from 'vitest';
import { matrixLines } from '../../src/report/terminal/matrix.js';
import { diskPattern } from './toy.js';

// Goal: each cell of the matrix says all that a crash there breaks: a count, an invariant, the outcome, the end.

const door = defineService({
  initial: { keys: 0, most: 0, opened: 0 },
  requests: {
    take(state, { what }: { what: string }) {
      const keys = Math.min(state.keys + 1, 2);
      return { state: { ...state, keys, most: Math.max(state.most, keys) }, result: what, effect: 'done', text: '' };
    },
    giveBack(state, { what }: { what: string }) {
      const opened = Math.min(state.opened + 1, 2);
      return { state: { ...state, keys: 0, opened }, result: what, effect: 'done', text: '' };
    },
  },
});
type DoorScenario = Scenario<{ door: typeof door }>;
type Clients = ServiceClients<{ door: typeof door }>;

/** Takes a key, and gives back all that it has. A second one is taken by a process that does not know of the first. */
const forgets: Scenario['patterns'][number] = {
  ...diskPattern({}, () => {}),
  start({ services }) {
    const { take, giveBack } = (services as unknown as Clients).door;
    void take({ what: 'a' }).then(() => giveBack({ what: 'a' }));
  },
};

function scenario(more: Partial<DoorScenario>, kind: 'exactly-once' | 'at-least-once' = 'at-least-once'): Scenario {
  const step = (effect: string) => ({
    title: effect,
    effect: `door.${effect}`,
    class: kind,
    property: `${effect}-once`,
    key: () => 'a',
    text: () => effect,
    twice: () => `It does ${effect} twice.`,
    never: () => `It does not ${effect}.`,
  });
  return defineScenario<{ door: typeof door }>({
    name: 'door',
    title: 'borrow a key',
    services: { door },
    keys: ['a'],
    steps: [step('take'), step('giveBack')],
    goal: { property: 'ends', reached: (world) => world.door.opened > 0, missed: () => 'It never ends.' },
    patterns: [forgets],
    assumes: [],
    ...more,
  }) as unknown as Scenario;
}

async function matrixOf(subject: Scenario) {
  const { runs } = await simulate({ scenarios: [subject] });
  const [take] = runs[0]!.matrix;
  return { cells: take!.cells, broken: take!.broken, text: screenOf(runs) };
}

type Runs = Awaited<ReturnType<typeof simulate>>['runs'];

function screenOf(runs: Runs): string {
  const screen = { chalk: new Chalk({ level: 0 }), width: 80, readSource: () => undefined, pagePath: () => undefined };
  return matrixLines(runs, screen).join('\n');
}

const oneKey: NonNullable<DoorScenario['invariants']>[number] = {
  property: 'one-key',
  holds: ({ door: { keys } }) => keys < 2,
  broken: () => 'Two keys are out.',
};

test('nothing but what is allowed: no mark of a breach', async () => {
  const { cells, broken, text } = await matrixOf(scenario({}));
  expect(cells).toEqual({
    before: 'once',
    'in-flight': 'twice-allowed',
    landed: 'twice-allowed',
    acknowledged: 'twice-allowed',
  });
  expect(Object.values(broken).flat()).toEqual([]);
  expect(text).toContain('(worst of all ways on from that point)');
});

test('an invariant that is broken on the way only, and made good at the end', async () => {
  const { cells, broken, text } = await matrixOf(scenario({ invariants: [oneKey] }));
  expect(cells).toEqual({ before: 'once', 'in-flight': 'invariant', landed: 'invariant', acknowledged: 'invariant' });
  expect(broken).toEqual({
    before: [],
    'in-flight': ['invariant'],
    landed: ['invariant'],
    acknowledged: ['invariant'],
  });
  expect(text).toMatch(/^take +· {6}x {6}x {5}x$/m);
  expect(text).toContain('x breaks one-key');
});

test('an outcome that no run without a crash has', async () => {
  const { broken, text } = await matrixOf(scenario({ outcome: ({ door: { opened } }) => opened }));
  // Only a second handing back shows at the end: a crash at the first call changes nothing of it.
  expect(Object.values(broken).flat()).toEqual([]);
  expect(text).toMatch(/^giveBack +~ {6}≠ {6}≠ {5}≠$/m);
  expect(text).toContain('≠ ends as no run without a crash does');
});

const noneTwice: DoorScenario['goal'] = {
  property: 'ends',
  reached: ({ door: { opened, most } }) => opened > 0 && most < 2,
  missed: () => 'It never ends.',
};

test('what breaks several things has a mark for each, within 80 columns', async () => {
  const both = scenario({ invariants: [oneKey], goal: noneTwice }, 'exactly-once');
  const { cells, broken, text } = await matrixOf(both);
  expect(cells.landed).toBe('never-ends');
  expect(broken.landed).toEqual(['twice', 'invariant', 'never-ends']);
  expect(text).toMatch(/^take +· {6}2x! {4}2x! {3}2x!$/m);
  expect(text).toContain('2 done twice   x breaks one-key   ! never ends');
  expect(text).toContain('(all that breaks on some way on from that point, else the worst)');
  expect(Math.max(...text.split('\n').map((line) => line.length))).toBeLessThanOrEqual(80);
});
