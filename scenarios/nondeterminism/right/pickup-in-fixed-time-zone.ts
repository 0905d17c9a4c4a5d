import { activities, workflow } from 'crashwise/engine';
import type { FuzzPlan } from 'crashwise/determinism';
import fc from 'fast-check';

export const why = 'A formatter of dates is made at import, but with a locale and a time zone of its own.';

const { planPickup, tellDriver } = activities<{
  planPickup: (parcel: string) => { at: number };
  tellDriver: (parcel: string, when: string) => void;
}>();

const clock = new Intl.DateTimeFormat('en-GB', { timeZone: 'Europe/Brussels', timeStyle: 'short', dateStyle: 'short' });

export const right = workflow('pickup-in-fixed-time-zone', async (parcel: string) => {
  const { at } = await planPickup(parcel);
  const when = clock.format(at);
  await tellDriver(parcel, when);
  return when;
});

export const fuzz: FuzzPlan = {
  input: fc.constantFrom('p1', 'p2'),
  results: {
    planPickup: fc.record({ at: fc.integer({ min: 1_700_000_000_000, max: 1_800_000_000_000 }) }),
    tellDriver: null,
  },
};
