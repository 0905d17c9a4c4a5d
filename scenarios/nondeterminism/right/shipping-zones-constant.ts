import { activities, workflow } from 'crashwise/engine';
import type { FuzzPlan } from 'crashwise/determinism';
import fc from 'fast-check';

export const why = 'It reads an object of the module, but nobody writes to it after the import.';

const { quote, ship } = activities<{
  quote: (parcel: string, zone: number) => { euros: number };
  ship: (parcel: string) => string;
}>();

const ZONES: Readonly<Record<string, number>> = Object.freeze({ be: 1, de: 1, pt: 2, is: 3 });

export const right = workflow('shipping-zones-constant', async (order: { parcel: string; country: string }) => {
  const zone = ZONES[order.country];
  if (zone === undefined) throw new Error(`Nothing is sent to ${order.country}.`);
  const { euros } = await quote(order.parcel, zone);
  return euros > 40 ? 'too dear' : ship(order.parcel);
});

export const fuzz: FuzzPlan = {
  input: fc.record({ parcel: fc.constantFrom('p1', 'p2'), country: fc.constantFrom('be', 'pt', 'is', 'br') }),
  results: { quote: fc.record({ euros: fc.nat(60) }), ship: 'tr_1' },
};
