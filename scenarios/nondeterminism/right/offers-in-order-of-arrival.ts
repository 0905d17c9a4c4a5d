import { activities, workflow } from 'crashwise/engine';
import type { FuzzPlan } from 'crashwise/determinism';
import fc from 'fast-check';

export const why =
  'The order of a list is the order in which parallel steps end, but that order is what the history records.';

const { askOffer, order } = activities<{
  askOffer: (supplier: string, part: string) => number;
  order: (part: string, offers: readonly string[]) => string;
}>();

export const right = workflow('offers-in-order-of-arrival', async (part: string) => {
  const arrived: string[] = [];
  const ask = async (supplier: string): Promise<void> => {
    const euros = await askOffer(supplier, part);
    arrived.push(`${supplier} ${euros}`);
  };
  await Promise.all(['north', 'east', 'west'].map(ask));
  return order(part, arrived);
});

export const fuzz: FuzzPlan = {
  input: fc.constantFrom('bolt', 'nut'),
  results: { askOffer: fc.nat(90), order: 'po_1' },
};
