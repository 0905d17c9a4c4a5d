import { defineScenario, queue } from 'crashwise/simulator';
import { defineBug } from '../define-bug.js';
import { cards, charged } from '../services/cards.js';

const services = { cards };

/** One slow answer outlasts the visibility. Whoever gets the job next looks, and sees no charge yet. */
const flow = (repaired: boolean) =>
  defineScenario({
    name: 'slow-answer',
    title: 'charge the card, unless a look says that it is done',
    services,
    keys: ['o1'],
    steps: [charged],
    goal: {
      property: 'order-ends',
      reached: (world) => world.cards.charges.length > 0,
      missed: (where) => `Order o1 is never charged: ${where}.`,
    },
    patterns: [
      queue<typeof services>({
        messages: [{ name: 'order', data: { id: 'o1' } }],
        concurrency: 2,
        jobs: ({ services: clients }) => ({
          async order({ data: { id } }) {
            if (await clients.cards.find({ id })) return;
            await clients.cards.charge(repaired ? { id, key: id } : { id });
          },
        }),
      }),
    ],
    assumes: ['the processor remembers a key for as long as a retry may come'],
  });

export default defineBug({
  id: 'slow-answer',
  family: 'crash-detection',
  pattern: 'queue',
  measure: 'key besides the look',
  fault: 'edge',
  crashes: 0,
  faults: 1,
  workers: 2,
  parallel: false,
  breaks: 'charged-once',
  invisibleAtEnd: false,
  retells: {
    what: 'bull #1982: jobs that wait for a slow API count as stalled, and are run again',
    url: 'https://github.com/OptimalBits/bull/issues/1982',
  },
  search: { faults: ['edge'], maxFaults: 1 },
  buggy: flow(false),
  repaired: flow(true),
});
