import { queue } from 'crashwise/simulator';
import { defineBug } from '../define-bug.js';
import { deployments } from '../services/deployments.js';
import { payments } from '../services/payments.js';
import { effect } from '../services/effect.js';
import { scenarioOf } from '../services/scenario-of.js';

const services = { payments };

interface Order {
  readonly id: string;
  readonly cents?: number;
  readonly amount?: number;
}

/** Each version has its own idea of where the amount is. */
const version = (amountOf: (order: Order) => number) =>
  queue<typeof services>({
    messages: [{ name: 'charge', data: { id: 'o1', cents: 4900 } }],
    jobs: (tools) => ({
      charge: ({ id, data }: { id: string; data: Order }) =>
        tools.services.payments.charge({ key: id, amount: amountOf(data) }),
    }),
  });

/** The new version reads a new field. Messages that were there before have the old one. */
const flow = (repaired: boolean) =>
  scenarioOf({
    title: 'charge what the message says',
    services,
    steps: [effect('payments.charge', 'exactly-once', 'charged-once')],
    invariants: [
      {
        property: 'right-amount',
        holds: (world) => world.payments.charges.every(({ amount }) => amount === 49),
        broken: () => 'Another amount was charged than the message says.',
      },
    ],
    pattern: deployments(
      version(({ cents = 0 }) => cents / 100),
      version(({ amount, cents = 0 }) => amount ?? (repaired ? cents / 100 : 0)),
    ),
  });

export default defineBug({
  id: 'field-renamed',
  family: 'versioning',
  pattern: 'queue',
  measure: 'old messages can still be read',
  fault: 'crash',
  crashes: 1,
  faults: 0,
  workers: 1,
  parallel: false,
  breaks: 'right-amount',
  invisibleAtEnd: false,
  retells: {
    what: 'Sidekiq 5163: jobs that were created before a deployment lack an argument',
    url: 'https://github.com/sidekiq/sidekiq/issues/5163',
  },
  search: {},
  buggy: flow(false),
  repaired: flow(true),
});
