import { defineService } from 'crashwise/simulator';

interface Customer {
  readonly id: string;
  readonly email: string;
  readonly key: string;
}

interface Charge {
  readonly id: string;
  readonly customer: string;
  readonly amount: number;
  readonly key: string;
}

/** A card processor that honours idempotency keys: a request with a known key is answered, not carried out again. */
const cards = defineService({
  initial: { customers: [] as readonly Customer[], charges: [] as readonly Charge[] },
  requests: {
    createCustomer(state, request: { email: string; key: string }) {
      const known = state.customers.find(({ key }) => key === request.key);
      if (known) return { state, result: known.id, effect: 'refused', text: `the processor knows ${known.id} already` };
      const customer = { id: `cus_${state.customers.length + 1}`, ...request };
      const customers = [...state.customers, customer];
      return {
        state: { ...state, customers },
        result: customer.id,
        effect: 'done',
        text: `the processor creates ${customer.id}`,
      };
    },
    charge(state, request: { customer: string; amount: number; key: string }) {
      const known = state.charges.find(({ key }) => key === request.key);
      if (known)
        return { state, result: known.id, effect: 'refused', text: `the processor has booked this key as ${known.id}` };
      const charge = { id: `ch_${state.charges.length + 1}`, ...request };
      const charges = [...state.charges, charge];
      return {
        state: { ...state, charges },
        result: charge.id,
        effect: 'done',
        text: `the processor books charge ${charge.id}`,
      };
    },
  },
});

/** A workspace provider that refuses a second workspace of one name, and says which one has it. */
const workspaces = defineService({
  initial: { names: [] as readonly string[] },
  requests: {
    create(state, { name }: { name: string }) {
      const url = `https://${name}.example`;
      if (state.names.includes(name)) {
        return {
          state,
          result: { taken: true, url },
          effect: 'refused',
          text: `the provider refuses a second workspace "${name}"`,
        };
      }
      const names = [...state.names, name];
      return {
        state: { names },
        result: { taken: false, url },
        effect: 'done',
        text: `the provider makes workspace "${name}"`,
      };
    },
  },
});

/** A mail provider that knows no keys: what it is asked to send, it sends. */
const mail = defineService({
  initial: { sent: 0 },
  requests: {
    send(state, { to }: { to: string; text: string }) {
      return {
        state: { sent: state.sent + 1 },
        result: undefined,
        effect: 'done',
        text: `the provider sends mail to ${to}`,
      };
    },
  },
  // Its answers do not depend on how many mails there were: twice stands for more often.
  view: ({ sent }) => Math.min(sent, 2),
});

export const services = { cards, workspaces, mail };
