import { defineService } from 'crashwise/simulator';
import { stepOf } from './step-of.js';

interface Request {
  /** The order that it is about. */
  readonly id: string;
  readonly amount?: number;
  readonly key?: string;
}

interface Booking {
  readonly id: string;
  readonly amount: number;
  readonly key: string | null;
}

/** A card processor: books whatever it is asked to, unless it has booked the same key before. */
export const cards = defineService({
  initial: { charges: [] as readonly Booking[], refunds: [] as readonly Booking[] },
  requests: {
    charge(state, { id, amount = 49, key }: Request) {
      const known = state.charges.find((one) => key !== undefined && one.key === key);
      if (known) return { state, result: known.amount, effect: 'refused', text: 'the processor knows this charge' };
      const charges = [...state.charges, { id, amount, key: key ?? null }];
      return { state: { ...state, charges }, result: amount, effect: 'done', text: `the processor charges ${amount}` };
    },
    refund(state, { id, amount = 49, key }: Request) {
      const known = state.refunds.find((one) => key !== undefined && one.key === key);
      if (known) return { state, result: known.amount, effect: 'refused', text: 'the processor knows this refund' };
      const refunds = [...state.refunds, { id, amount, key: key ?? null }];
      return { state: { ...state, refunds }, result: amount, effect: 'done', text: `the processor refunds ${amount}` };
    },
    find(state, { id }: { id: string }) {
      const result = state.charges.some((charge) => charge.id === id);
      return { state, result, effect: 'none', text: `there is ${result ? 'a' : 'no'} charge for ${id}` };
    },
  },
});

export const charged = stepOf('cards.charge', 'charge the card for', 'charged-once');

/** Declared where requests may be late: a look that changes nothing cannot be. */
export const looked = stepOf('cards.find', 'look for a charge of', 'looked', 'read');

/** The end of an order that is to be charged. */
export const isCharged = {
  property: 'order-ends',
  reached: (world: { readonly cards: { readonly charges: readonly unknown[] } }) => world.cards.charges.length > 0,
  missed: (where: string) => `Order o1 is never charged: ${where}.`,
};
