import { defineScenario } from 'crashwise/simulator';
import { defineBug } from '../define-bug.js';
import { orderColumn } from '../services/order-column.js';
import { cards, charged } from '../services/cards.js';
import { isShipped, parcels, shipped } from '../services/parcels.js';

const services = { cards, parcels };

/** Resuming takes the checkpoint away before the work is done: the first crash is survived, the second is not. */
const flow = (repaired: boolean) =>
  defineScenario({
    name: 'checkpoint-used-up',
    title: 'charge the card, ship the order; a resume marks the checkpoint as taken',
    services,
    keys: ['o1'],
    steps: [charged, shipped],
    goal: isShipped,
    patterns: [
      orderColumn<typeof services>(({ services: clients, status }) => async ({ data: { id } }) => {
        const at = await status.get(id);
        if (at === 'new') {
          await clients.cards.charge({ id, key: id });
          await status.set(id, 'new', 'charged');
        } else if (at === 'charged') {
          await status.set(id, 'charged', 'resuming');
        } else if (!repaired) {
          return; // Somebody has resumed it.
        }
        await clients.parcels.ship({ id });
      }),
    ],
    assumes: ['the processor remembers a key for as long as a retry may come'],
  });

export default defineBug({
  id: 'checkpoint-used-up',
  family: 'recovery-wrong',
  pattern: 'status-column',
  measure: 'checkpoint kept until the work is done',
  fault: 'crash',
  crashes: 2,
  faults: 0,
  workers: 1,
  parallel: false,
  breaks: 'order-ends',
  invisibleAtEnd: false,
  retells: {
    what: 'influxdb3_plugins #47: after a crash, a resume is refused because one is said to run',
    url: 'https://github.com/influxdata/influxdb3_plugins/issues/47',
  },
  search: {},
  buggy: flow(false),
  repaired: flow(true),
});
