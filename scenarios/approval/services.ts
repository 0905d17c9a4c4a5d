import { defineService } from 'crashwise/simulator';

interface Entry {
  readonly expense: string;
  readonly key: string;
}

/** A bank that honours idempotency keys: a request with a known key is answered, not carried out again. */
const bank = defineService({
  initial: { paid: [] as readonly Entry[] },
  requests: {
    pay(state, request: Entry) {
      if (state.paid.some(({ key }) => key === request.key))
        return { state, result: undefined, effect: 'refused', text: 'the bank has made this payment already' };
      return {
        state: { paid: [...state.paid, request] },
        result: undefined,
        effect: 'done',
        text: `the bank pays expense ${request.expense}`,
      };
    },
  },
});

/** Where the people who have handed in expenses read what has become of them. It honours keys, too. */
const inbox = defineService({
  initial: { declined: [] as readonly Entry[] },
  requests: {
    decline(state, request: Entry) {
      if (state.declined.some(({ key }) => key === request.key))
        return { state, result: undefined, effect: 'refused', text: 'the inbox has this message already' };
      return {
        state: { declined: [...state.declined, request] },
        result: undefined,
        effect: 'done',
        text: `the inbox says that expense ${request.expense} is declined`,
      };
    },
  },
});

export const services = { bank, inbox };
