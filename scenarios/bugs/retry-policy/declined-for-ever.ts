import { defineScenario, queue } from 'crashwise/simulator';
import { defineBug } from '../define-bug.js';
import { cards } from '../services/cards.js';
import { orders } from '../services/orders.js';
import { stepOf } from '../services/step-of.js';

const services = { cards, orders };

/** A refusal for good is tried again like any other error, without end. */
const flow = (repaired: boolean) =>
  defineScenario({
    name: 'declined-for-ever',
    title: 'charge the card, or cancel the order if it is declined',
    services,
    keys: ['o1'],
    steps: [
      stepOf('cards.charge', 'charge', 'charged-once', 'at-most-once'),
      stepOf('orders.cancel', 'cancel', 'cancelled-once', 'at-most-once'),
    ],
    goal: {
      property: 'order-ends',
      reached: (world) => world.cards.charges.length + world.orders.cancelled.length > 0,
      missed: (where) => `Order o1 is neither charged nor cancelled: ${where}.`,
    },
    patterns: [
      queue<typeof services>({
        messages: [{ name: 'order', data: { id: 'o1' } }],
        jobs: ({ services: clients }) => ({
          async order({ data: { id } }) {
            try {
              await clients.cards.charge({ id, key: id });
            } catch (error) {
              if (!repaired || (error as Error).name !== 'PermanentError') throw error;
              await clients.orders.cancel({ id });
            }
          },
        }),
      }),
    ],
    assumes: ['the processor remembers a key for as long as a retry may come'],
  });

export default defineBug({
  id: 'declined-for-ever',
  family: 'retry-policy',
  pattern: 'queue',
  measure: 'errors that are not tried again',
  fault: 'permanent-error',
  crashes: 0,
  faults: 1,
  workers: 1,
  parallel: false,
  breaks: 'order-ends',
  invisibleAtEnd: false,
  retells: {
    what: 'prio-server #1001: failures that no retry can mend are tried again like the others',
    url: 'https://github.com/divviup/prio-server/issues/1001',
  },
  search: { faults: ['permanent-error'], maxFaults: 1 },
  buggy: flow(false),
  repaired: flow(true),
});
