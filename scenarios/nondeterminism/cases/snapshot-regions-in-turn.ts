import { activities, workflow } from 'crashwise/engine';
import type { FuzzPlan } from 'crashwise/determinism';
import fc from 'fast-check';
import type { ZooCase } from '../zoo-case.js';

export const about: ZooCase = {
  source: 'module state',
  blame: 'module state',
  use: 'a toggle, to swap two steps of one name',
  guard: 'unseen',
  cites: 'https://github.com/openworkflowdev/openworkflow/pull/44',
};

const { snapshot, verify } = activities<{
  snapshot: (region: string) => { bytes: number };
  verify: (bytes: number) => boolean;
}>();

let startsInSouth = false;

export const wrong = workflow('snapshot-regions-in-turn', async (database: string) => {
  const isSouthFirst = (startsInSouth = !startsInSouth); // <- blame
  const [first, second] = isSouthFirst ? ['south', 'north'] : ['north', 'south'];
  const one = await snapshot(`${database}/${first}`);
  const two = await snapshot(`${database}/${second}`);
  return verify(one.bytes + two.bytes);
});

export const repaired = workflow('snapshot-regions-in-turn-repaired', async (database: string) => {
  const north = await snapshot(`${database}/north`);
  const south = await snapshot(`${database}/south`);
  return verify(north.bytes + south.bytes);
});

export const fuzz: FuzzPlan = {
  input: fc.constantFrom('orders', 'users'),
  results: { snapshot: fc.record({ bytes: fc.nat(4_096) }), verify: fc.boolean() },
};
