import { defineScenario, queue } from 'crashwise/simulator';
import { defineBug } from '../define-bug.js';
import { cards, charged } from '../services/cards.js';

const services = { cards };

/** Deliveries that end with the process count as failures: some restarts park a job that never failed. */
const flow = (repaired: boolean) =>
  defineScenario({
    name: 'parked-by-deploys',
    title: 'charge the card; after two deliveries, to the dead letter queue',
    services,
    keys: ['o1'],
    steps: [charged],
    goal: {
      property: 'order-ends',
      reached: (world) => world.cards.charges.length > 0,
      missed: (where) => `Order o1 never ends: ${where}.`,
    },
    ...(repaired ? { endings: { parked: 'redriven' } } : {}),
    patterns: [
      queue<typeof services>({
        messages: [{ name: 'order', data: { id: 'o1' } }],
        maxDeliveries: 2,
        jobs: ({ services: clients }) => ({
          order: ({ data: { id } }) => clients.cards.charge({ id, key: id }),
        }),
      }),
    ],
    assumes: ['the processor remembers a key for as long as a retry may come'],
  });

export default defineBug({
  id: 'parked-by-deploys',
  family: 'crash-detection',
  pattern: 'queue',
  measure: 'redrive of the dead letter queue',
  fault: 'crash',
  crashes: 2,
  faults: 0,
  workers: 1,
  parallel: false,
  breaks: 'order-ends',
  invisibleAtEnd: false,
  retells: {
    what: 'bullmq #651: a job that stalled too often fails at once, whatever its retry strategy says',
    url: 'https://github.com/taskforcesh/bullmq/issues/651',
  },
  search: {},
  buggy: flow(false),
  repaired: flow(true),
});
