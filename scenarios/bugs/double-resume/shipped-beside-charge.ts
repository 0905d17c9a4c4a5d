import { activities, activityInfo, workflow } from 'crashwise/engine';
import { defineScenario, durable, type ServiceClients } from 'crashwise/simulator';
import { defineBug } from '../define-bug.js';
import { cards, charged } from '../services/cards.js';
import { isShipped, parcels, shipped } from '../services/parcels.js';

const services = { cards, parcels };

const own = (clients: ServiceClients<typeof services>) => ({
  charge: (id: string) => clients.cards.charge({ id, key: activityInfo().idempotencyKey }),
  ship: (id: string) => clients.parcels.ship({ id }),
});

const { charge, ship } = activities<ReturnType<typeof own>>();
const order = (repaired: boolean) =>
  workflow('order', async (id: string) => {
    if (repaired) {
      await charge(id);
      await ship(id);
    } else {
      await Promise.all([charge(id), ship(id)]);
    }
  });

/** Whatever is not done yet is resumed at once, side by side, though one step was the condition of the other. */
const flow = (repaired: boolean) =>
  defineScenario({
    name: 'shipped-beside-charge',
    title: 'charge the card, then ship',
    services,
    keys: ['o1'],
    steps: [charged, shipped],
    invariants: [
      {
        property: 'nothing-ships-unpaid',
        holds: (world) => world.parcels.shipped.length <= world.cards.charges.length,
        broken: () => 'Order o1 is shipped, and not charged.',
      },
    ],
    goal: isShipped,
    patterns: [durable({ workflow: order(repaired), activities: own, start: { id: 'o1', input: 'o1' } })],
    assumes: ['the processor remembers a key for as long as a retry may come'],
  });

export default defineBug({
  id: 'shipped-beside-charge',
  family: 'double-resume',
  pattern: 'durable',
  measure: 'order of dependent steps',
  fault: 'none',
  crashes: 0,
  faults: 0,
  workers: 1,
  parallel: true,
  breaks: 'nothing-ships-unpaid',
  invisibleAtEnd: true,
  retells: {
    what: 'Simple testing can prevent most critical failures (OSDI 2014): order matters in 88 of 100 failures',
    url: 'https://www.usenix.org/conference/osdi14/technical-sessions/presentation/yuan',
  },
  search: {},
  buggy: flow(false),
  repaired: flow(true),
});
