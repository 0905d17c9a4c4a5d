import { activities, workflow } from 'crashwise/engine';
import type { FuzzPlan } from 'crashwise/determinism';
import fc from 'fast-check';
import type { ZooCase } from '../zoo-case.js';

export const about: ZooCase = {
  source: 'time zone',
  blame: 'Date.prototype.getTimezoneOffset()',
  use: 'to shift a time, which the result names',
  guard: 'refused',
};

const MINUTE_MS = 60_000;
const { bookPickup, offsetOf } = activities<{
  bookPickup: (parcel: string) => number;
  offsetOf: (parcel: string) => number;
}>();
const shifted = (at: number, minutes: number): string => new Date(at - minutes * MINUTE_MS).toISOString().slice(0, 16);

export const wrong = workflow('pickup-timezone-offset', async (parcel: string) => {
  const pickupAt = await bookPickup(parcel);
  const minutes = new Date(pickupAt).getTimezoneOffset(); // <- blame
  return { parcel, pickup: shifted(pickupAt, minutes) };
});

export const repaired = workflow('pickup-timezone-offset-repaired', async (parcel: string) => {
  const pickupAt = await bookPickup(parcel);
  const minutes = await offsetOf(parcel);
  return { parcel, pickup: shifted(pickupAt, minutes) };
});

export const fuzz: FuzzPlan = {
  input: fc.constantFrom('p-1', 'p-2'),
  results: {
    bookPickup: fc.integer({ min: 1_760_000_000_000, max: 1_790_000_000_000 }),
    offsetOf: fc.constantFrom(-120, 0, 300),
  },
};
