import { activities, workflow } from 'crashwise/engine';
import type { FuzzPlan } from 'crashwise/determinism';
import fc from 'fast-check';
import type { ZooCase } from '../zoo-case.js';

export const about: ZooCase = {
  source: 'module state',
  blame: 'module state',
  use: 'a generator that all executions share, to name the activity',
  guard: 'unseen',
};

const steps = activities<{
  packEast: (parcel: string) => number;
  packWest: (parcel: string) => number;
  printLabel: (parcel: string, grams: number) => string;
}>();

function* alternate(): Generator<'packEast' | 'packWest', never> {
  for (;;) {
    yield 'packEast';
    yield 'packWest';
  }
}

const lanes = alternate();

export const wrong = workflow('packing-lane-generator', async (parcel: string) => {
  const lane = lanes.next().value; // <- blame
  const grams = await steps[lane](parcel);
  return steps.printLabel(parcel, grams);
});

export const repaired = workflow('packing-lane-generator-repaired', async (parcel: string) => {
  const lane = parcel.length % 2 === 0 ? 'packEast' : 'packWest';
  const grams = await steps[lane](parcel);
  return steps.printLabel(parcel, grams);
});

export const fuzz: FuzzPlan = {
  input: fc.constantFrom('p-7', 'p-18', 'p-202'),
  results: { packEast: fc.nat(900), packWest: fc.nat(900), printLabel: 'label.pdf' },
};
