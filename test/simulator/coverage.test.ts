import { explore, simulate, World, type Scenario } from 'crashwise/simulator';
import { expect, test } from 'vitest';
import { diskPattern, durableSteps, toyScenario } from './toy.js';

// Goal: the coverage in a result says what was taken, of what there was to take, and leaves out what nobody can know.

type Options = Omit<Parameters<typeof simulate>[0], 'scenarios'>;

async function coverageOf(scenario: Scenario, options: Options = {}) {
  const { runs } = await simulate({ scenarios: [scenario], ...options });
  const { points, edges, pairs } = runs[0]!.coverage;
  return { points, edges, pairs };
}

/** Each life flashes twice, as nothing tells it that another one has, and then writes a note of it. */
const forgetful = diskPattern({}, (_, lamp, life) => {
  const note = { name: 'note', kind: 'other', text: 'write a note' } as const;
  void lamp
    .flash({ what: 'a' })
    .then(() => lamp.flash({ what: 'a' }))
    .then(() => life.call(note, () => {}));
});

test('a proof has taken all that there is: as many pairs as when they are looked for one by one', async () => {
  const scenario = toyScenario([durableSteps(2, true)], ['step 1', 'step 2']);
  const { edges, pairs } = await coverageOf(scenario);
  expect(edges.hit).toBe(edges.of);
  const world = new World(scenario, scenario.patterns[0]!);
  const { nodes } = await explore(world, { maxStates: 1_000, stopped: () => undefined });
  const lives = await Promise.all(nodes.map(({ state }) => momentsFrom(world, state)));
  const found = new Set<string>();
  for (const first of lives.flat()) {
    for (const second of lives[nodes.findIndex(({ key }) => key === first.key)]!) {
      found.add(`${first.point} ${second.point}`);
    }
  }
  expect(pairs).toEqual({ hit: found.size, of: found.size });
});

async function momentsFrom(world: World, state: World['initial']) {
  const moments: { point: string; key: string }[] = [];
  for await (const trace of world.lives(state)) {
    for (const one of trace.moments)
      moments.push({ point: `${one.site.name}.${one.phase}`, key: world.views.key(one.state) });
  }
  return moments;
}

test('where a count is broken no crash follows: what would have followed is not taken', async () => {
  // The lives from no flash and from one flash are cut at each of their 13 moments; those from two and three are not.
  // Two flashes are left by a crash at each of the 9 points, one flash or none only by crashes at the flash.
  expect(await coverageOf(toyScenario([forgetful], ['a']))).toEqual({
    points: { hit: 9, of: 9 },
    edges: { hit: 26, of: 52 },
    pairs: { hit: 4 * 9, of: 9 * 9 },
  });
});

test('a search that is stopped knows what it has taken, and not of how many', async () => {
  const scenario = toyScenario([durableSteps(3, true)], ['step 1', 'step 2', 'step 3']);
  const all = await coverageOf(scenario);
  const { points, edges, pairs } = await coverageOf(scenario, { maxStates: 4 });
  expect({ edges, pairs }).toEqual({ edges: { hit: edges.hit }, pairs: { hit: pairs.hit } });
  expect(edges.hit).toBeLessThan(all.edges.hit);
  expect(pairs.hit).toBeLessThan(all.pairs.hit);
  expect(points.hit).toBeLessThanOrEqual(points.of);
});

test('a search at random counts each crash once, however often it takes it, and does not know of how many', async () => {
  const scenario = toyScenario([durableSteps(2, true)], ['step 1', 'step 2']);
  const all = await coverageOf(scenario);
  const [few, many] = [await coverageOf(scenario, { maxRuns: 5 }), await coverageOf(scenario, { maxRuns: 1_000 })];
  expect(few.edges).toEqual({ hit: few.edges.hit });
  expect(few.pairs).toEqual({ hit: few.pairs.hit });
  expect(few.pairs.hit).toBeLessThan(many.pairs.hit);
  expect(few.edges.hit).toBeLessThan(many.edges.hit);
  expect(many.pairs.hit).toBeLessThanOrEqual(all.pairs.of!);
  expect(many.points).toEqual(all.points);
});

test('one schedule takes its own crashes', async () => {
  const scenario = toyScenario([durableSteps(1, true)], ['step 1']);
  const schedule = 'durable:lamp.flash.before/lamp.flash.landed/lamp.flash.landed';
  const { points, edges, pairs } = await coverageOf(scenario, { schedule });
  expect({ hit: points.hit, edges, pairs }).toEqual({ hit: 2, edges: { hit: 3 }, pairs: { hit: 2 } });
  expect(points.of).toBeGreaterThan(2);
});
