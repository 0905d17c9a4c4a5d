import { defineService } from 'crashwise/simulator';

interface Booking {
  readonly account: string;
  readonly amount: number;
  /** Left out, the bank does what it is asked. */
  readonly key?: string;
}

type Balances = Readonly<Record<string, number>>;

function book(balances: Balances, keys: readonly string[], { account, amount, key }: Booking) {
  if (key !== undefined && keys.includes(key)) return undefined;
  return {
    balances: { ...balances, [account]: balances[account]! + amount },
    keys: key === undefined ? keys : [...keys, key],
  };
}

/** Two accounts at a bank that honours idempotency keys, if it is given one. */
const bank = defineService({
  initial: { balances: { savings: 100, rent: 0 } as Balances, keys: [] as readonly string[] },
  requests: {
    debit(state, { amount, ...booking }: Booking) {
      const next = book(state.balances, state.keys, { ...booking, amount: -amount });
      if (!next) return { state, result: undefined, effect: 'refused', text: 'the bank has made this debit already' };
      return {
        state: next,
        result: undefined,
        effect: 'done',
        text: `the bank takes ${amount} from ${booking.account}`,
      };
    },
    credit(state, booking: Booking) {
      const next = book(state.balances, state.keys, booking);
      if (!next) return { state, result: undefined, effect: 'refused', text: 'the bank has made this credit already' };
      return {
        state: next,
        result: undefined,
        effect: 'done',
        text: `the bank adds ${booking.amount} to ${booking.account}`,
      };
    },
  },
});

export const services = { bank };
