import { explore, World, type Scenario } from 'crashwise/simulator';
import { expect, test } from 'vitest';
import { ORACLES } from '../../src/simulator/oracle/oracles.js';
import { diskPattern, durableFlow, durableSteps, toyScenario } from './toy.js';

// Goal: each oracle finds something that no other finds. Where one is left out, its flow passes.

const write = { name: 'disk.write', kind: 'record', text: '' } as const;
const early = diskPattern({ done: false }, (disk, lamp, life) => {
  void (async () => {
    if (disk.part.done) return;
    await life.call(write, () => void (disk.part = { done: true }));
    await lamp.flash({ what: 'a', key: 'a' });
  })();
});
const blocked = durableFlow(async (flash) => {
  await flash('a');
  process.cwd();
});
const often = (changes: Partial<Scenario>): Scenario => ({
  ...toyScenario([durableSteps(1, false)], ['step 1'], 'at-least-once'),
  ...changes,
});
const flashes = (world: object): number => (world as { lamp: { flashes: string[] } }).lamp.flashes.length;

test.each<[oracle: (typeof ORACLES)[number], scenario: Scenario, property: string]>([
  ['end-state', toyScenario([early], ['a'], 'at-most-once'), 'ends'],
  ['ledger', toyScenario([durableSteps(1, false)], ['step 1']), 'flashed-once'],
  [
    'invariants',
    often({ invariants: [{ property: 'dark', holds: (world) => flashes(world) < 2, broken: () => 'Too bright.' }] }),
    'dark',
  ],
  ['liveness', toyScenario([blocked], ['a']), 'ends'],
  ['refinement', often({ outcome: flashes }), 'same-outcomes'],
])('%s', async (only, scenario, property) => {
  for (const oracle of ORACLES) {
    const world = new World(scenario, scenario.patterns[0]!, undefined, { oracles: [oracle] });
    const { violations } = await explore(world, { maxStates: 60, stopped: () => undefined });
    expect(
      violations.map((found) => found.property),
      oracle,
    ).toEqual(oracle === only ? [property] : []);
  }
});
