import { defineService, withTime } from 'crashwise/simulator';

const HOUR_MS = 3_600_000;

export interface Charge {
  readonly id: string;
  readonly reference: string;
  readonly amount: number;
  readonly refunded: boolean;
}

interface KnownKey {
  readonly key: string;
  readonly amount: number;
  readonly charge: string;
  /** Absent: it is never forgotten. */
  readonly forgotten?: { readonly deadlineMs: number };
}

/** Prices move: the first three askings get three prices, and those after them the third. */
const prices = defineService({
  initial: { asked: 0 },
  requests: {
    quote(state) {
      const asked = Math.min(state.asked + 1, 3);
      const amount = 48 + asked;
      return { state: { asked }, result: { amount }, effect: 'none', text: `the price is ${amount}.00` };
    },
  },
});

interface Cards {
  readonly charges: readonly Charge[];
  readonly keys: readonly KnownKey[];
}

/**
 * A card processor. A request with a known key is answered, not carried out again, and an error if it asks for another
 * amount than the first one. Keys are forgotten after `keysForMs`. Refunds need the id of the charge.
 */
export function cardProcessor(keysForMs: number | undefined) {
  return defineService({
    initial: { charges: [], keys: [] } as Cards,
    requests: {
      charge: withTime(
        (nowMs) =>
          ({ charges, keys }: Cards, request: { reference: string; amount: number; key: string }) => {
            const { reference, amount, key } = request;
            const remembered = keys.filter(({ forgotten }) => !forgotten || forgotten.deadlineMs > nowMs);
            const expired = keys.some((one) => one.key === key && !remembered.includes(one));
            const known = remembered.find((one) => one.key === key);
            const state = remembered.length === keys.length ? { charges, keys } : { charges, keys: remembered };
            if (known && known.amount !== amount) {
              const result = { conflict: true as const };
              return { state, result, effect: 'refused', text: 'the processor knows the key, with another amount' };
            }
            if (known) {
              const result = { conflict: false as const, charge: known.charge, amount };
              return { state, result, effect: 'refused', text: `the processor has booked this as ${known.charge}` };
            }
            const charge = { id: `ch_${charges.length + 1}`, reference, amount, refunded: false };
            const forgotten = keysForMs === undefined ? {} : { forgotten: { deadlineMs: nowMs + keysForMs } };
            return {
              state: {
                charges: [...charges, charge],
                keys: [...remembered, { key, amount, charge: charge.id, ...forgotten }],
              },
              result: { conflict: false as const, charge: charge.id, amount },
              effect: 'done',
              text: `the processor ${expired ? 'has forgotten the key, and ' : ''}books ${charge.id}, ${amount}.00`,
            };
          },
      ),
      refund(state: Cards, { charge }: { charge: string }) {
        const booked = state.charges.find(({ id }) => id === charge);
        if (!booked || booked.refunded) {
          return { state, result: null, effect: 'refused', text: `the processor has paid ${charge} back before` };
        }
        const charges = state.charges.map((one) => (one.id === charge ? { ...one, refunded: true } : one));
        return {
          state: { ...state, charges },
          result: null,
          effect: 'done',
          text: `the processor pays ${charge} back`,
        };
      },
    },
  });
}

/** The same processor, which also finds a charge by the reference of whoever ordered it. */
export function searchable(cards: ReturnType<typeof cardProcessor>) {
  return defineService({
    ...cards,
    requests: {
      ...cards.requests,
      find(state: Cards, { reference }: { reference: string }) {
        const found = state.charges.find((charge) => charge.reference === reference);
        const text = found ? `the processor finds ${found.id}` : 'the processor finds no charge';
        return { state, result: found ?? null, effect: 'none', text };
      },
    },
  });
}

interface Invoice {
  readonly number: string;
  readonly charge: string;
  readonly amount: number;
}

/** Bookkeeping: one invoice of a number, which anybody may read. */
const books = defineService({
  initial: { invoices: [] as readonly Invoice[] },
  requests: {
    invoice(state, invoice: Invoice) {
      if (state.invoices.some(({ number }) => number === invoice.number)) {
        return { state, result: null, effect: 'refused', text: `there is an invoice ${invoice.number} already` };
      }
      const invoices = [...state.invoices, invoice];
      return { state: { invoices }, result: null, effect: 'done', text: `${invoice.amount}.00 are invoiced` };
    },
    find(state, { number }: { number: string }) {
      const found = state.invoices.find((invoice) => invoice.number === number);
      const text = found ? `there is an invoice over ${found.amount}.00` : 'there is no invoice';
      return { state, result: found ?? null, effect: 'none', text };
    },
  },
});

/** A provider of workspaces, each of its own name. Some names are reserved: those it refuses, now and ever after. */
const workspaces = defineService({
  initial: { names: [] as readonly string[] },
  requests: {
    create(state, { name }: { name: string }) {
      if (name === RESERVED) return { state, result: 'refused', effect: 'none', text: `"${name}" is refused for good` };
      if (state.names.includes(name)) {
        return { state, result: 'there', effect: 'refused', text: `there is a workspace "${name}" already` };
      }
      const names = [...state.names, name];
      return { state: { names }, result: 'made', effect: 'done', text: `the provider makes workspace "${name}"` };
    },
    find: (state, { name }: { name: string }) => ({
      state,
      result: state.names.includes(name),
      effect: 'none',
      text: `${state.names.includes(name) ? 'there is a' : 'there is no'} workspace "${name}"`,
    }),
  },
});

/** A name that the provider refuses for good. */
export const RESERVED = 'admin';

export const services = { prices, cards: cardProcessor(24 * HOUR_MS), books, workspaces };
