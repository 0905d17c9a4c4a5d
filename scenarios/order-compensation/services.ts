import { defineService } from 'crashwise/simulator';

type Keys = readonly string[];

const NO_KEY = 'no key';

/** A change that is made once for each key, and each time without one. */
const once = (keys: Keys, key: string, text: string) =>
  key !== NO_KEY && keys.includes(key)
    ? ({ keys, effect: 'refused', text: 'this key is known: nothing is done again' } as const)
    : ({ keys: [...keys, key], effect: 'done', text } as const);

/** The warehouse. It honours idempotency keys. */
const stock = defineService({
  initial: { reserved: [] as Keys, released: [] as Keys },
  requests: {
    reserve(state, { key }: { order: string; key: string }) {
      const { keys, ...answer } = once(state.reserved, key, 'the warehouse puts the goods aside');
      return { state: { ...state, reserved: keys }, result: undefined, ...answer };
    },
    release(state, { key }: { order: string; key: string }) {
      const { keys, ...answer } = once(state.released, key, 'the warehouse puts the goods back');
      return { state: { ...state, released: keys }, result: undefined, ...answer };
    },
  },
});

/** The card processor. It honours idempotency keys. */
const cards = defineService({
  initial: { charged: [] as Keys, refunded: [] as Keys },
  requests: {
    charge(state, { key }: { order: string; key: string }) {
      const { keys, ...answer } = once(state.charged, key, 'the processor books the charge');
      return { state: { ...state, charged: keys }, result: undefined, ...answer };
    },
    refund(state, { key = NO_KEY }: { order: string; key?: string }) {
      const { keys, ...answer } = once(state.refunded, key, 'the processor books the refund');
      return { state: { ...state, refunded: keys }, result: undefined, ...answer };
    },
  },
});

/** A carrier whose van is full, and has room again by the time somebody asks a second time. It knows its parcels. */
const carrier = defineService({
  initial: { full: true, parcels: [] as readonly string[] },
  requests: {
    ship(state, { order }: { order: string }) {
      if (state.parcels.includes(order))
        return { state, result: 'shipped', effect: 'refused', text: `the carrier has the parcel of ${order} already` };
      if (state.full)
        return { state: { ...state, full: false }, result: 'full', effect: 'none', text: 'the carrier says: van full' };
      return {
        state: { ...state, parcels: [...state.parcels, order] },
        result: 'shipped',
        effect: 'done',
        text: `the carrier takes the parcel of ${order}`,
      };
    },
  },
});

export const services = { stock, cards, carrier };
