import { defineScenario } from 'crashwise/simulator';
import { defineBug } from '../define-bug.js';
import { orderColumn } from '../services/order-column.js';
import { cards, charged } from '../services/cards.js';
import { isShipped, parcels, shipped } from '../services/parcels.js';

const services = { cards, parcels };

/** A checkpoint is read as "this is done". Written before the effect, it means "this is about to be done". */
const flow = (repaired: boolean) =>
  defineScenario({
    name: 'status-before-effect',
    title: 'charge the card, ship the order; the status says how far it has got',
    services,
    keys: ['o1'],
    steps: [charged, shipped],
    goal: isShipped,
    patterns: [
      orderColumn<typeof services>(({ services: clients, status }) => async ({ data: { id } }) => {
        if ((await status.get(id)) === 'new') {
          if (!repaired) await status.set(id, 'new', 'charged');
          await clients.cards.charge({ id, key: id });
          if (repaired) await status.set(id, 'new', 'charged');
        }
        await clients.parcels.ship({ id });
      }),
    ],
    assumes: ['the processor remembers a key for as long as a retry may come'],
  });

export default defineBug({
  id: 'status-before-effect',
  family: 'recovery-wrong',
  pattern: 'status-column',
  measure: 'effect before its record',
  fault: 'crash',
  crashes: 1,
  faults: 0,
  workers: 1,
  parallel: false,
  breaks: 'charged-once',
  invisibleAtEnd: false,
  retells: {
    what: 'drasi-core #820: the checkpoint is written before the side effect',
    url: 'https://github.com/drasi-project/drasi-core/issues/820',
  },
  search: {},
  buggy: flow(false),
  repaired: flow(true),
});
