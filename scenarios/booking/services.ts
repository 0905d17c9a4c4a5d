import { defineService } from 'crashwise/simulator';

type Keys = readonly string[];
type Call = { booking: string; key: string };

interface Books {
  readonly held: Keys;
  readonly paid: Keys;
  readonly refunded: Keys;
  readonly released: Keys;
}

/** A change that is made once for each key, unless it is not allowed now. */
const once = (what: keyof Books, text: string, forbids?: (books: Books) => string | undefined) => {
  return (state: Books, { key }: Call) => {
    const refusal = state[what].includes(key) ? 'the agency has done this already' : forbids?.(state);
    if (refusal !== undefined) return { state, result: null, effect: 'refused' as const, text: refusal };
    return { state: { ...state, [what]: [...state[what], key] }, result: null, effect: 'done' as const, text };
  };
};

/**
 * A travel agency that honours idempotency keys, and does not let go of a seat that is paid for. The airline behind it
 * issues no ticket for this booking, now and ever after.
 */
const agency = defineService({
  initial: { held: [], paid: [], refunded: [], released: [] } as Books,
  requests: {
    hold: once('held', 'the agency holds a seat'),
    pay: once('paid', 'the agency books the payment'),
    issue: (state, _call: Call) => ({
      state,
      result: 'no ticket',
      effect: 'none',
      text: 'the airline says: no ticket',
    }),
    refund: once('refunded', 'the agency pays back', ({ paid }) =>
      paid.length === 0 ? 'nothing was paid' : undefined,
    ),
    release: once('released', 'the agency lets go of the seat', ({ paid, refunded }) =>
      paid.length > refunded.length ? 'the agency keeps a seat that is paid for' : undefined,
    ),
  },
});

export const services = { agency };
