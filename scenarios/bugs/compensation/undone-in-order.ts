import { activities, workflow } from 'crashwise/engine';
import { defineService, durable, type ServiceClients } from 'crashwise/simulator';
import { defineBug } from '../define-bug.js';
import { effect } from '../services/effect.js';
import { payments } from '../services/payments.js';
import { scenarioOf } from '../services/scenario-of.js';

const access = defineService({
  initial: { open: false },
  requests: {
    open: () => ({ state: { open: true }, result: null, effect: 'done', text: 'the account is open' }),
    close: () => ({ state: { open: false }, result: null, effect: 'done', text: 'the account is closed' }),
  },
});
const services = { payments, access };

const toActivities = ({ payments: api, access: account }: ServiceClients<typeof services>) => ({
  charge: (key: string) => api.charge({ key, amount: 49 }),
  open: () => account.open(),
  refund: (of: string) => api.refund({ of, key: `${of}/refund` }),
  close: () => account.close(),
});
const { charge, open, refund, close } = activities<ReturnType<typeof toActivities>>();

const trial = (repaired: boolean) =>
  workflow('trial', async (key: string) => {
    const undo: (() => Promise<unknown>)[] = [];
    await charge(key);
    undo.push(() => refund(key));
    await open();
    undo.push(close);
    for (const step of repaired ? undo.reverse() : undo) await step(); // The customer withdraws.
  });

/** The steps are taken back in the order in which they were taken: for a while the customer has both. */
const flow = (repaired: boolean) =>
  scenarioOf({
    title: 'charge, open an account, and take both back',
    services,
    steps: [
      effect('payments.charge', 'exactly-once', 'charged-once'),
      effect('payments.refund', 'exactly-once', 'refunded-once'),
    ],
    invariants: [
      {
        property: 'no-free-account',
        holds: (world) => !(world.access.open && world.payments.refunds.length > 0),
        broken: () => 'The account is open, and the money is back.',
      },
    ],
    pattern: durable({ workflow: trial(repaired), activities: toActivities, start: { id: 'o1', input: 'o1' } }),
  });

export default defineBug({
  id: 'undone-in-order',
  family: 'compensation',
  pattern: 'durable',
  measure: 'compensations in reverse order',
  fault: 'none',
  crashes: 0,
  faults: 0,
  workers: 1,
  parallel: false,
  breaks: 'no-free-account',
  invisibleAtEnd: true,
  retells: {
    what: 'Workflow Core 191: the order of compensations',
    url: 'https://github.com/danielgerlag/workflow-core/issues/191',
  },
  search: {},
  buggy: flow(false),
  repaired: flow(true),
});
