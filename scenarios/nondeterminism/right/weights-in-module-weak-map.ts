import { activities, workflow } from 'crashwise/engine';
import type { FuzzPlan } from 'crashwise/determinism';
import fc from 'fast-check';

export const why =
  'A WeakMap of the module outlives the execution, but its keys are objects that only this execution has.';

interface Parcel {
  readonly id: string;
  readonly grams: readonly number[];
}

const { loadParcel, stamp } = activities<{
  loadParcel: (id: string) => Parcel;
  stamp: (id: string, grams: number) => string;
}>();

const weights = new WeakMap<Parcel, number>();

function weightOf(parcel: Parcel): number {
  const known = weights.get(parcel) ?? parcel.grams.reduce((sum, grams) => sum + grams, 0);
  weights.set(parcel, known);
  return known;
}

export const right = workflow('weights-in-module-weak-map', async (id: string) => {
  const parcel = await loadParcel(id);
  if (weightOf(parcel) > 500) return 'too heavy';
  return stamp(id, weightOf(parcel));
});

export const fuzz: FuzzPlan = {
  input: fc.constantFrom('p1', 'p2'),
  results: {
    loadParcel: fc.record({ id: fc.constantFrom('p1', 'p2'), grams: fc.array(fc.nat(300), { maxLength: 4 }) }),
    stamp: 'label.pdf',
  },
};
