import { defineScenario } from 'crashwise/simulator';
import { defineBug } from '../define-bug.js';
import { orderColumn } from '../services/order-column.js';
import { cards, charged, isCharged, looked } from '../services/cards.js';

const services = { cards };

/** The outcome is unknown, and written down as that. The next delivery looks, finds nothing yet, and begins anew. */
const flow = (repaired: boolean) =>
  defineScenario({
    name: 'looked-too-early',
    title: 'charge the card; after a time-out, look in the next delivery',
    services,
    keys: ['o1'],
    steps: [charged, looked],
    goal: isCharged,
    patterns: [
      orderColumn<typeof services>(({ services: clients, status }) => async ({ data: { id } }) => {
        if ((await status.get(id)) === 'new') {
          try {
            await clients.cards.charge({ id, key: id });
          } catch (error) {
            await status.set(id, 'new', 'unknown');
            throw error;
          }
        } else if (!(await clients.cards.find({ id }))) {
          await clients.cards.charge({ id, key: repaired ? id : `${id} anew` });
        }
      }),
    ],
    assumes: ['the processor remembers a key for as long as a retry may come'],
  });

export default defineBug({
  id: 'looked-too-early',
  family: 'timeout-but-succeeded',
  pattern: 'status-column',
  measure: 'same key after an unknown outcome',
  fault: 'late',
  crashes: 0,
  faults: 1,
  workers: 1,
  parallel: false,
  breaks: 'charged-once',
  invisibleAtEnd: false,
  retells: {
    what: 'PayBridge #115: a provider may have accepted what it never answered; outcomes that are uncertain',
    url: 'https://github.com/teesofttech/PayBridge/issues/115',
  },
  search: { faults: ['late'], maxFaults: 1 },
  buggy: flow(false),
  repaired: flow(true),
});
