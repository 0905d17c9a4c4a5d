import { afterEach, expect, test, vi } from 'vitest';
import { explore, type Exploration } from '../../src/simulator/explore/closure.js';
import { faultBudget } from '../../src/simulator/fault-budget.js';
import type * as Reduction from '../../src/simulator/late-that-matter.js';
import { entriesOf } from '../../src/simulator/persistent.js';
import type { DurableState } from '../../src/simulator/state.js';
import { World } from '../../src/simulator/world.js';
import { lateFlows, type LateFlow } from './late-flows.js';

// Goal: late requests arrive only where it matters, and nothing is lost by it: the same verdict, the same properties broken
// at the same price, the same states outside and at rest, as if each of them arrived. And the comparison itself finds
// reductions that leave something out.

type Reduce = typeof Reduction.lateThatMatter;

const reduction = vi.hoisted(() => ({ way: undefined as ((real: Reduce) => Reduce) | undefined }));

vi.mock('../../src/simulator/late-that-matter.js', async (original) => {
  const { lateThatMatter: real } = await original<typeof Reduction>();
  const lateThatMatter: Reduce = (...given) => (reduction.way?.(real) ?? real)(...given);
  return { lateThatMatter };
});

afterEach(() => {
  reduction.way = undefined;
});

const leaveNoneOut = (): Reduce => {
  return ({ network }) => [...network.part.late.keys()];
};

interface Found {
  readonly stoppedBy: Exploration['stoppedBy'];
  readonly broken: readonly string[];
  readonly outside: ReadonlySet<string>;
  readonly rests: ReadonlySet<string>;
  readonly seen: Exploration['happened'];
}

/** What a search finds, and how many lives it took. Of states, without what is still on its way. */
async function search(flow: LateFlow, judge: World): Promise<[found: Found, lives: number]> {
  const { scenario, faults = ['late'], maxFaults = 1, zombies } = flow;
  const world = new World(scenario, scenario.patterns[0]!, faultBudget({ faults, maxFaults, zombies }));
  const outside = new Set<string>();
  const every = world.lives.bind(world);
  world.lives = async function* lives(state) {
    for await (const trace of every(state)) {
      for (const moment of trace.moments) outside.add(outsideOf(world, moment.state));
      yield trace;
    }
  };
  const { stoppedBy, violations, lives, rests, happened } = await explore(world, {
    maxStates: 20_000,
    stopped: () => undefined,
  });
  const landed = (state: DurableState): DurableState => ({
    ...state,
    spent: 0,
    parts: { ...state.parts, network: judge.initial.parts['network'] },
    memo: undefined,
    before: undefined,
  });
  const broken = violations.map(({ property, faults: other, crashes }) => `${property} ${other} ${crashes}`).sort();
  const found = { stoppedBy, broken, outside, rests: new Set(rests.map((one) => judge.views.key(landed(one)))) };
  return [{ ...found, seen: happened }, lives];
}

function outsideOf(world: World, state: DurableState): string {
  const { done, repeated } = world.ledger(state);
  // In an order of its own: maps keep the one in which things happened.
  return JSON.stringify([world.services(state), entriesOf(done).sort(), repeated, state.spent]);
}

async function both(flow: LateFlow): Promise<{ reduced: Found; every: Found; lives: [number, number] }> {
  const judge = new World(flow.scenario, flow.scenario.patterns[0]!);
  const [reduced, few] = await search(flow, judge);
  reduction.way = leaveNoneOut;
  const [every, many] = await search(flow, judge);
  return { reduced, every, lives: [few, many] };
}

test.each(lateFlows.map((flow) => [flow.name, flow] as const))('nothing is missed: %s', async (_, flow) => {
  const { reduced, every, lives } = await both(flow);
  expect(every.stoppedBy).toBe('closed');
  expect(reduced).toEqual(every);
  if (flow.allMatter) expect(lives[0]).toBe(lives[1]);
  else expect(lives[0]).toBeLessThan(lives[1]);
});

/** The door was called for the last time, and the light was not. */
function isInBetween({ services }: Parameters<Reduce>[0]): boolean {
  const { wasShut } = services.get('lamp')!.part as { wasShut: boolean };
  return wasShut && (services.get('light')!.part as { phase: number }).phase < 3;
}

const flowOf = (name: string): LateFlow => lateFlows.find((flow) => flow.name === name)!;

test.each<[what: string, flow: string, way: (real: Reduce) => Reduce]>([
  ['nothing ever arrives', 'a new key for each try', () => () => []],
  [
    'a call to another service may as well land first',
    'two services, and an invariant over both',
    (real) => (outside, leftOut) => (isInBetween(outside) ? [] : real(outside, leftOut)),
  ],
  [
    'the order in which requests arrive does not matter',
    'a new key for each try',
    (real) => (outside, leftOut) => real(outside, leftOut).slice(0, 1),
  ],
])('a reduction that is wrong is noticed by the comparison: %s', async (_, name, way) => {
  reduction.way = way;
  const { reduced, every } = await both(flowOf(name));
  expect(reduced).not.toEqual(every);
});
