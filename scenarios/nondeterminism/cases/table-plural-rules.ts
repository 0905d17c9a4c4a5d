import { activities, workflow } from 'crashwise/engine';
import type { FuzzPlan } from 'crashwise/determinism';
import fc from 'fast-check';
import type { ZooCase } from '../zoo-case.js';

export const about: ZooCase = {
  source: 'locale',
  blame: 'Intl.PluralRules()',
  use: 'without a locale, to add one more activity to a Promise.all',
  guard: 'refused',
};

const { countGuests, confirmVisit, joinTables } = activities<{
  countGuests: (booking: string) => number;
  confirmVisit: (booking: string) => void;
  joinTables: (booking: string) => void;
}>();

export const wrong = workflow('table-plural-rules', async (booking: string) => {
  const guests = await countGuests(booking);
  const form = new Intl.PluralRules().select(guests); // <- blame
  await Promise.all([confirmVisit(booking), ...(form === 'one' ? [] : [joinTables(booking)])]);
});

export const repaired = workflow('table-plural-rules-repaired', async (booking: string) => {
  const guests = await countGuests(booking);
  const form = new Intl.PluralRules('en').select(guests);
  await Promise.all([confirmVisit(booking), ...(form === 'one' ? [] : [joinTables(booking)])]);
});

export const fuzz: FuzzPlan = {
  // French calls none and one singular, English only one, Japanese neither.
  input: fc.constantFrom('b-1', 'b-2'),
  results: { countGuests: fc.nat(4), confirmVisit: null, joinTables: null },
};
