import { activities, activityInfo, workflow } from 'crashwise/engine';
import { defineScenario, durable, type ServiceClients } from 'crashwise/simulator';
import { defineBug } from '../define-bug.js';
import { cards } from '../services/cards.js';
import { stepOf } from '../services/step-of.js';

const services = { cards };

const own = (repaired: boolean) => (clients: ServiceClients<typeof services>) => ({
  refund(id: string) {
    const { idempotencyKey, attempt } = activityInfo();
    const worn = attempt > 2 && !repaired;
    return clients.cards.refund({ id, key: worn ? `${idempotencyKey}/fresh` : idempotencyKey });
  },
});

const { refund } = activities<ReturnType<ReturnType<typeof own>>>();
const giveBack = workflow('give-back', (id: string) => refund(id));

/** The retry has the same key. A key that has failed twice is exchanged, so as not to be stuck with it. */
const flow = (repaired: boolean) =>
  defineScenario({
    name: 'key-rotated',
    title: 'give the money back; after two failures, under a fresh key',
    services,
    keys: ['o1'],
    steps: [stepOf('cards.refund', 'give back', 'refunded-once')],
    goal: {
      property: 'refund-ends',
      reached: (world) => world.cards.refunds.length > 0,
      missed: (where) => `Order o1 is never refunded: ${where}.`,
    },
    patterns: [durable({ workflow: giveBack, activities: own(repaired), start: { id: 'o1', input: 'o1' } })],
    assumes: ['the processor remembers a key for as long as a retry may come'],
  });

export default defineBug({
  id: 'key-rotated',
  family: 'timeout-but-succeeded',
  pattern: 'durable',
  measure: 'key that is never exchanged',
  fault: 'timeout-after',
  crashes: 0,
  faults: 2,
  workers: 1,
  parallel: false,
  breaks: 'refunded-once',
  invisibleAtEnd: false,
  retells: {
    what: 'medusa #16682: the key is used again for one retry, and exchanged if that fails too',
    url: 'https://github.com/medusajs/medusa/pull/16682',
  },
  search: { faults: ['timeout-after'], maxFaults: 2 },
  buggy: flow(false),
  repaired: flow(true),
});
