import { defineScenario, queue } from 'crashwise/simulator';
import { defineBug } from '../define-bug.js';
import { cards, charged } from '../services/cards.js';

const services = { cards };

/** A job that takes longer than its visibility is taken for dead, and two do it at once. */
const flow = (repaired: boolean) =>
  defineScenario({
    name: 'no-heartbeat',
    title: 'unless it is charged: work for 40 s, then charge',
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
        visibilityMs: 30_000,
        concurrency: 2,
        jobs: ({ services: clients, sleep }) => ({
          async order(job) {
            const { id } = job.data;
            if (await clients.cards.find({ id })) return;
            for (let part = 0; part < 2; part += 1) {
              if (repaired) await job.extend(30_000);
              await sleep(20_000);
            }
            await clients.cards.charge({ id });
          },
        }),
      }),
    ],
    assumes: [],
  });

export default defineBug({
  id: 'no-heartbeat',
  family: 'crash-detection',
  pattern: 'queue',
  measure: 'heartbeat',
  fault: 'none',
  crashes: 0,
  faults: 0,
  workers: 2,
  parallel: false,
  breaks: 'charged-once',
  invisibleAtEnd: false,
  retells: {
    what: 'lion-reader #917: slow jobs run twice, because nothing renews their lease',
    url: 'https://github.com/brendanlong/lion-reader/pull/917',
  },
  search: {},
  buggy: flow(false),
  repaired: flow(true),
});
