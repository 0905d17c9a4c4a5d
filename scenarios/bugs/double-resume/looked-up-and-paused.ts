import { activities, activityInfo, workflow } from 'crashwise/engine';
import { defineScenario, durable, type ServiceClients } from 'crashwise/simulator';
import { defineBug } from '../define-bug.js';
import { cards, charged } from '../services/cards.js';

const services = { cards };

const own = (repaired: boolean) => (clients: ServiceClients<typeof services>) => ({
  async charge(id: string) {
    if (await clients.cards.find({ id })) return;
    await clients.cards.charge(repaired ? { id, key: activityInfo().idempotencyKey } : { id });
  },
});

const { charge } = activities<ReturnType<ReturnType<typeof own>>>();
const order = workflow('order', (id: string) => charge(id));

/** The old worker has looked, and stands still. The new one recovers the execution, looks, and acts. The old one wakes. */
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
    patterns: [durable({ workflow: order, activities: own(repaired), start: { id: 'o1', input: 'o1' } })],
    assumes: ['the processor remembers a key for as long as a retry may come'],
  });

export default defineBug({
  id: 'looked-up-and-paused',
  family: 'double-resume',
  pattern: 'durable',
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
