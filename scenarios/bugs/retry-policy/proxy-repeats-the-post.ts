import { accidental, defineScenario } from 'crashwise/simulator';
import { defineBug } from '../define-bug.js';
import { cards, charged } from '../services/cards.js';

const HOUR_MS = 3_600_000;
const services = { cards };

/** The code looks before it acts, and acts once. The proxy in between sends the request on a second time. */
const flow = (repaired: boolean) =>
  defineScenario({
    name: 'proxy-repeats-the-post',
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
      accidental<typeof services, object>({
        request: { id: 'o1' },
        stuckAfterMs: HOUR_MS,
        sweepEveryMs: HOUR_MS,
        app: ({ services: clients }) => ({
          async post() {
            if (await clients.cards.find({ id: 'o1' })) return;
            await clients.cards.charge({ id: 'o1', ...(repaired ? { key: 'o1' } : {}) });
          },
          jobs: {},
          sweep: async () => {},
        }),
      }),
    ],
    assumes: ['the processor remembers a key for as long as a retry may come'],
  });

export default defineBug({
  id: 'proxy-repeats-the-post',
  family: 'retry-policy',
  pattern: 'accidental',
  measure: 'key besides the look',
  fault: 'duplicate',
  crashes: 0,
  faults: 1,
  workers: 1,
  parallel: false,
  breaks: 'charged-once',
  invisibleAtEnd: false,
  retells: {
    what: 'moov-io/infra #5: the load balancer silently repeats requests that are not idempotent',
    url: 'https://github.com/moov-io/infra/issues/5',
  },
  search: { faults: ['duplicate'], maxFaults: 1 },
  buggy: flow(false),
  repaired: flow(true),
});
