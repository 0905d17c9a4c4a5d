import { activities, random, workflow } from 'crashwise/engine';
import type { FuzzPlan } from 'crashwise/determinism';
import fc from 'fast-check';
import type { ZooCase } from '../zoo-case.js';

export const about: ZooCase = {
  source: 'random',
  blame: 'Math.random()',
  use: 'as an index, to choose one of several activities',
  guard: 'recorded',
};

const { bookByRail, bookByRoad, bookBySea, sendTracking } = activities<{
  bookByRail: (parcel: string) => string;
  bookByRoad: (parcel: string) => string;
  bookBySea: (parcel: string) => string;
  sendTracking: (parcel: string, number: string) => void;
}>();
const carriers = [bookByRail, bookByRoad, bookBySea];

export const wrong = workflow('random-carrier', async (parcel: string) => {
  const book = carriers[Math.floor(Math.random() * carriers.length)]!; // <- blame
  await sendTracking(parcel, await book(parcel));
});

export const repaired = workflow('random-carrier-repaired', async (parcel: string) => {
  const book = carriers[Math.floor(random() * carriers.length)]!;
  await sendTracking(parcel, await book(parcel));
});

export const fuzz: FuzzPlan = {
  input: fc.constantFrom('p-1', 'p-2'),
  results: { bookByRail: 'r-7', bookByRoad: 't-7', bookBySea: 's-7', sendTracking: null },
};
