import { activities, activityInfo, condition, defineSignal, setHandler, sleep, workflow } from 'crashwise/engine';
import { durable, explore, simulate, World } from 'crashwise/simulator';
import { expect, test } from 'vitest';
import type { MemoryState } from '../../src/engine/store/memory.js';
import { toyScenario, type Lamp } from './toy.js';

// Goal: a signal from outside comes at any moment of a run, no more often than it may, or never.

const go = defineSignal('go');
const make = ({ lamp }: Lamp) => ({
  flash: (what: string) => lamp.flash({ what, key: activityInfo().idempotencyKey }),
});
const { flash } = activities<ReturnType<typeof make>>();

type Signals = NonNullable<Parameters<typeof durable>[0]['signals']>;

function scenarioOf(code: () => Promise<unknown>, signals: Signals, keys = ['a']) {
  const pattern = durable({
    workflow: workflow<undefined, unknown>('flow', code),
    activities: make,
    start: { id: 'toy', input: undefined },
    signals,
  });
  return toyScenario([pattern], keys);
}

/** Flashes what it was told until the time is over. */
async function countFor(durationMs: number): Promise<unknown> {
  let count = 0;
  setHandler(go, () => {
    count += 1;
  });
  await sleep(durationMs);
  return flash(count === 0 ? 'a' : `a after ${count}`);
}

async function outcome(scenario: ReturnType<typeof scenarioOf>) {
  const { runs } = await simulate({ scenarios: [scenario] });
  const { verdict, closed, violations } = runs[0]!;
  return { verdict, closed, broken: violations.map(({ crashes, sentence }) => `${crashes}: ${sentence}`) };
}

/** What the lamp was asked for, over all lives of the first state. */
async function flashesOf(signals: Signals): Promise<ReadonlySet<string>> {
  const scenario = scenarioOf(() => countFor(1_000), signals);
  const world = new World(scenario, scenario.patterns[0]!);
  const texts = new Set<string>();
  for await (const { moments } of world.lives(world.initial))
    for (const { site } of moments) if (site.name === 'lamp.flash') texts.add(site.text);
  return texts;
}

test('it comes never, or once; declared for twice, also twice, and not more often', async () => {
  expect(await flashesOf([])).toEqual(new Set(['flash a']));
  expect(await flashesOf([{ signal: go }])).toEqual(new Set(['flash a', 'flash a after 1']));
  expect(await flashesOf([{ signal: 'go', times: 2 }])).toEqual(
    new Set(['flash a', 'flash a after 1', 'flash a after 2']),
  );
});

test('what was sent is kept: however many crashes, it is in the history once at most', async () => {
  const scenario = scenarioOf(() => countFor(1_000), [{ signal: go }]);
  const world = new World(scenario, scenario.patterns[0]!);
  const { nodes } = await explore(world, { maxStates: 1_000, stopped: () => undefined });
  const counts = nodes.map(({ state }) => {
    const history = (state.parts['store'] as MemoryState).executions['toy'];
    return history?.slice(0, history.length).filter(({ type }) => type === 'signaled').length ?? 0;
  });
  expect(new Set(counts)).toEqual(new Set([0, 1]));
});

test('a flow that waits for it alone may wait for ever', async () => {
  const waits = async (): Promise<unknown> => {
    let told = false;
    setHandler(go, () => {
      told = true;
    });
    await condition(() => told);
    return flash('a');
  };
  expect(await outcome(scenarioOf(waits, [{ signal: go }]))).toEqual({
    verdict: 'violated',
    closed: true,
    broken: ['0: It never ends: execution toy is running.'],
  });
  const orElse = async (): Promise<unknown> => {
    let told = false;
    setHandler(go, () => {
      told = true;
    });
    await condition(() => told, 1_000);
    return flash('a');
  };
  expect(await outcome(scenarioOf(orElse, [{ signal: go, times: 2 }]))).toEqual({
    verdict: 'proved',
    closed: true,
    broken: [],
  });
});

test('a breach that needs it has it in its schedule and in its story, and the schedule runs again', async () => {
  const twice = async (): Promise<unknown> => {
    let told = false;
    setHandler(go, () => {
      told = true;
    });
    await condition(() => told, 1_000);
    await flash('a');
    return told ? flash('a') : undefined;
  };
  const scenario = scenarioOf(twice, [{ signal: go }]);
  const [violation] = (await simulate({ scenarios: [scenario] })).runs[0]!.violations;
  expect(violation).toMatchObject({ crashes: 0, sentence: 'a flashed twice.' });
  expect(violation!.story.map(({ text }) => text)).toContain('from outside: signal go');
  const { runs } = await simulate({ scenarios: [scenario], schedule: violation!.schedule });
  expect(runs[0]!.violations).toEqual([violation]);
});

test('two that come in one life are two moments, at each of which a crash is told apart', async () => {
  const scenario = scenarioOf(() => countFor(1_000), [{ signal: go, times: 2 }]);
  const world = new World(scenario, scenario.patterns[0]!);
  const points = new Set<string>();
  for await (const { moments } of world.lives(world.initial))
    for (const { point } of moments) if (point.site === 'outside:go') points.add(`${point.occurrence}.${point.phase}`);
  expect(points).toEqual(new Set(['1.landed', '2.landed']));
});

test('the certificate says what may come', async () => {
  const { runs } = await simulate({ scenarios: [scenarioOf(() => flash('a'), [{ signal: go, times: 2 }])] });
  expect(runs[0]!.certificate.assumes).toContain('from outside come at most, each at any moment or never: go 2 times');
});
