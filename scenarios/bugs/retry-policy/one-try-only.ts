import { activities, activityInfo, workflow } from 'crashwise/engine';
import { defineScenario, durable, type ServiceClients } from 'crashwise/simulator';
import { defineBug } from '../define-bug.js';
import { cards, charged, isCharged } from '../services/cards.js';

const services = { cards };

const own = (clients: ServiceClients<typeof services>) => ({
  charge: (id: string) => clients.cards.charge({ id, key: activityInfo().idempotencyKey }),
});

const order = (maximumAttempts: number) => {
  const { charge } = activities<ReturnType<typeof own>>({ retry: { maximumAttempts } });
  return workflow('order', (id: string) => charge(id));
};

/** One error of the network, and the whole flow has failed. */
const flow = (repaired: boolean) =>
  defineScenario({
    name: 'one-try-only',
    title: 'charge the card',
    services,
    keys: ['o1'],
    steps: [charged],
    goal: isCharged,
    patterns: [durable({ workflow: order(repaired ? 2 : 1), activities: own, start: { id: 'o1', input: 'o1' } })],
    assumes: ['the processor remembers a key for as long as a retry may come'],
  });

export default defineBug({
  id: 'one-try-only',
  family: 'retry-policy',
  pattern: 'durable',
  measure: 'retry of transient errors',
  fault: 'error',
  crashes: 0,
  faults: 1,
  workers: 1,
  parallel: false,
  breaks: 'order-ends',
  invisibleAtEnd: false,
  retells: {
    what: 'worldmonitor #8294: a time-out of the checkout is never tried again, the buyer sees "failed"',
    url: 'https://github.com/koala73/worldmonitor/issues/8294',
  },
  search: { faults: ['error'], maxFaults: 1 },
  buggy: flow(false),
  repaired: flow(true),
});
