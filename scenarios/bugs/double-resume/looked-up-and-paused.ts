import { accidental, defineScenario } from 'crashwise/simulator';
import { defineBug } from '../define-bug.js';
import { cards, charged } from '../services/cards.js';

const HOUR_MS = 3_600_000;
const services = { cards };

/** The old worker has looked, and stands still. The new one is asked again, looks, and acts. The old one wakes. */
const flow = (repaired: boolean) =>
  defineScenario({
    name: 'looked-up-and-paused',
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
  id: 'looked-up-and-paused',
  family: 'double-resume',
  pattern: 'accidental',
  measure: 'key besides the look',
  fault: 'zombie',
  crashes: 0,
  faults: 1,
  workers: 2,
  parallel: false,
  breaks: 'charged-once',
  invisibleAtEnd: false,
  retells: {
    what: 'dbos-transact-ts #1219: one workflow is recovered twice, and runs in two processes',
    url: 'https://github.com/dbos-inc/dbos-transact-ts/issues/1219',
  },
  search: { zombies: true, maxFaults: 1 },
  buggy: flow(false),
  repaired: flow(true),
});
