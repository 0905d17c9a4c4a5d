import { defineScenario, queue } from 'crashwise/simulator';
import { defineBug } from '../define-bug.js';
import { cards } from '../services/cards.js';
import { orders } from '../services/orders.js';
import { stepOf } from '../services/step-of.js';

const services = { cards, orders };

/** The last delivery cancels instead of trying again, and does not ask whether an earlier one has succeeded. */
const flow = (repaired: boolean) =>
  defineScenario({
    name: 'gives-up-without-looking',
    title: 'charge the card in two deliveries, or cancel in the third',
    services,
    keys: ['o1'],
    steps: [
      stepOf('cards.charge', 'charge', 'charged-once', 'at-most-once'),
      stepOf('orders.cancel', 'cancel', 'cancelled-once', 'at-most-once'),
    ],
    invariants: [
      {
        property: 'not-charged-and-cancelled',
        holds: (world) => world.cards.charges.length === 0 || world.orders.cancelled.length === 0,
        broken: () => 'Order o1 is cancelled, and was charged.',
      },
    ],
    goal: {
      property: 'order-ends',
      reached: (world) => world.cards.charges.length + world.orders.cancelled.length > 0,
      missed: (where) => `Order o1 is neither charged nor cancelled: ${where}.`,
    },
    endings: { parked: 'redriven' },
    patterns: [
      queue<typeof services>({
        messages: [{ name: 'order', data: { id: 'o1' } }],
        maxDeliveries: 3,
        jobs: ({ services: clients }) => ({
          async order({ deliveries, data: { id } }) {
            if (await clients.orders.isCancelled({ id })) return;
            if (deliveries === 3 && !(repaired && (await clients.cards.find({ id })))) {
              await clients.orders.cancel({ id });
            } else {
              await clients.cards.charge({ id, key: id });
            }
          },
        }),
      }),
    ],
    assumes: ['the processor remembers a key for as long as a retry may come'],
  });

export default defineBug({
  id: 'gives-up-without-looking',
  family: 'retry-policy',
  pattern: 'queue',
  measure: 'look before giving up',
  fault: 'crash',
  crashes: 2,
  faults: 0,
  workers: 1,
  parallel: false,
  breaks: 'not-charged-and-cancelled',
  invisibleAtEnd: false,
  retells: {
    what: 'omise-woocommerce #161: the charge has succeeded, and the order ends as timed out',
    url: 'https://github.com/omise/omise-woocommerce/issues/161',
  },
  search: {},
  buggy: flow(false),
  repaired: flow(true),
});
