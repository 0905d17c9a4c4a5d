import { activities, activityInfo, workflow } from 'crashwise/engine';
import { defineScenario, durable, type ServiceClients } from 'crashwise/simulator';
import { defineBug } from '../define-bug.js';
import { cards, charged, isCharged, looked } from '../services/cards.js';

const services = { cards };

const own = (repaired: boolean) => (clients: ServiceClients<typeof services>) => ({
  async charge(id: string) {
    if (await clients.cards.find({ id })) return;
    await clients.cards.charge(repaired ? { id, key: activityInfo().idempotencyKey } : { id });
  },
});

const { charge } = activities<ReturnType<ReturnType<typeof own>>>();
const order = workflow('order', (id: string) => charge(id));

/** A request that has timed out is given up, and is on its way all the same. The next one looks, and sees nothing yet. */
const flow = (repaired: boolean) =>
  defineScenario({
    name: 'timed-out-and-still-running',
    title: 'charge the card, unless a look says that it is done',
    services,
    keys: ['o1'],
    steps: [charged, looked],
    goal: isCharged,
    patterns: [durable({ workflow: order, activities: own(repaired), start: { id: 'o1', input: 'o1' } })],
    assumes: ['the processor remembers a key for as long as a retry may come'],
  });

export default defineBug({
  id: 'timed-out-and-still-running',
  family: 'crash-detection',
  pattern: 'durable',
  measure: 'one key for all attempts',
  fault: 'late',
  crashes: 0,
  faults: 1,
  workers: 1,
  parallel: false,
  breaks: 'charged-once',
  invisibleAtEnd: false,
  retells: {
    what: 'cloudflare-docs #30659: the write of a terminated attempt may land after the retry has begun',
    url: 'https://github.com/cloudflare/cloudflare-docs/issues/30659',
  },
  search: { faults: ['late'], maxFaults: 1 },
  buggy: flow(false),
  repaired: flow(true),
});
