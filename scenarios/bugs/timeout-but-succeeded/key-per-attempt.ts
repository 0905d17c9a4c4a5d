import { activities, activityInfo, workflow } from 'crashwise/engine';
import { defineScenario, durable, type ServiceClients } from 'crashwise/simulator';
import { defineBug } from '../define-bug.js';
import { cards } from '../services/cards.js';
import { stepOf } from '../services/step-of.js';

const services = { cards };

const own = (repaired: boolean) => (clients: ServiceClients<typeof services>) => ({
  refund(id: string) {
    const { idempotencyKey, attempt } = activityInfo();
    return clients.cards.refund({ id, key: repaired ? idempotencyKey : `${idempotencyKey}/${attempt}` });
  },
});

const { refund } = activities<ReturnType<ReturnType<typeof own>>>();
const giveBack = workflow('give-back', (id: string) => refund(id));

/** A failed attempt is struck out, and its number was the key. Whether it had failed, nobody knows. */
const flow = (repaired: boolean) =>
  defineScenario({
    name: 'key-per-attempt',
    title: 'give the money back',
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
  id: 'key-per-attempt',
  family: 'timeout-but-succeeded',
  pattern: 'durable',
  measure: 'key without the number of the attempt',
  fault: 'timeout-after',
  crashes: 0,
  faults: 1,
  workers: 1,
  parallel: false,
  breaks: 'refunded-once',
  invisibleAtEnd: false,
  retells: {
    what: 'medusa #16681: a refund that is tried again after a failure has another key',
    url: 'https://github.com/medusajs/medusa/issues/16681',
  },
  search: { faults: ['timeout-after'], maxFaults: 1 },
  buggy: flow(false),
  repaired: flow(true),
});
