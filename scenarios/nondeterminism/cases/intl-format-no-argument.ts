import { activities, now, workflow } from 'crashwise/engine';
import type { FuzzPlan } from 'crashwise/determinism';
import fc from 'fast-check';
import type { ZooCase } from '../zoo-case.js';

export const about: ZooCase = {
  source: 'clock',
  blame: 'clock',
  use: 'by a formatter that is given no date, for the time on a label',
  guard: 'unseen',
};

const { weighParcel, printLabel } = activities<{
  weighParcel: (parcel: string) => number;
  printLabel: (parcel: string, text: string) => void;
}>();
const stamp = new Intl.DateTimeFormat('en-GB', { timeZone: 'UTC', dateStyle: 'short', timeStyle: 'medium' });

export const wrong = workflow('intl-format-no-argument', async (parcel: string) => {
  const grams = await weighParcel(parcel);
  const printedAt = stamp.format(); // <- blame
  await printLabel(parcel, `${grams} g, ${printedAt}`);
});

export const repaired = workflow('intl-format-no-argument-repaired', async (parcel: string) => {
  const grams = await weighParcel(parcel);
  const printedAt = stamp.format(now());
  await printLabel(parcel, `${grams} g, ${printedAt}`);
});

export const fuzz: FuzzPlan = {
  input: fc.constantFrom('p-100', 'p-200'),
  results: { weighParcel: fc.integer({ min: 50, max: 20_000 }), printLabel: null },
};
