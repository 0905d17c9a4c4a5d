import { defineService } from 'crashwise/simulator';
import { stepOf } from './step-of.js';

/** A warehouse that ships an order once, however often it is asked to. */
export const parcels = defineService({
  initial: { shipped: [] as readonly string[] },
  requests: {
    ship({ shipped }, { id }: { id: string }) {
      const known = shipped.includes(id);
      return {
        state: { shipped: known ? shipped : [...shipped, id] },
        result: undefined,
        effect: known ? 'refused' : 'done',
        text: known ? `the warehouse has shipped ${id} before` : `the warehouse ships ${id}`,
      };
    },
  },
});

export const shipped = stepOf('parcels.ship', 'ship', 'shipped-once');

/** The end of an order that is to be shipped. */
export const isShipped = {
  property: 'order-ends',
  reached: (world: { readonly parcels: { readonly shipped: readonly unknown[] } }) => world.parcels.shipped.length > 0,
  missed: (where: string) => `Order o1 is never shipped: ${where}.`,
};
