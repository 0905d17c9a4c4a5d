import { activities, workflow } from 'crashwise/engine';
import type { FuzzPlan } from 'crashwise/determinism';
import fc from 'fast-check';

export const why =
  'It hands on an object whose keys may come in any order, but two such objects are the same argument.';

interface Order {
  readonly sku: string;
  readonly count: number;
  readonly address: { readonly street: string; readonly city: string };
}

const { priceOf, place } = activities<{
  priceOf: (sku: string) => number;
  place: (order: Order & { euros: number }) => string;
}>();

export const right = workflow('order-spread-as-argument', async (order: Order) => {
  const euros = order.count * (await priceOf(order.sku));
  const receipt = await place({ ...order, euros });
  return { receipt, ...order.address };
});

export const fuzz: FuzzPlan = {
  input: fc.record({
    sku: fc.constantFrom('lamp', 'desk'),
    count: fc.integer({ min: 1, max: 9 }),
    address: fc.record({ street: fc.constantFrom('Kade 1', 'Ring 2'), city: fc.constantFrom('Ulm', 'Ghent') }),
  }),
  results: { priceOf: fc.nat(200), place: 'order_1' },
};
