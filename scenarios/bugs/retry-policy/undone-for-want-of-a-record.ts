import { defineScenario } from 'crashwise/simulator';
import { defineBug } from '../define-bug.js';
import { orderColumn } from '../services/order-column.js';
import { cards, charged, isCharged } from '../services/cards.js';
import { stepOf } from '../services/step-of.js';

const services = { cards };

/** One `try` holds the effect and its record. The record fails, the effect is paid back, and the retry finds it done. */
const flow = (repaired: boolean) =>
  defineScenario({
    name: 'undone-for-want-of-a-record',
    title: 'charge the card and write that down; pay back if the charge fails',
    services,
    keys: ['o1'],
    steps: [charged, stepOf('cards.refund', 'pay back', 'never-paid-back', 'at-most-once')],
    invariants: [
      {
        property: 'charge-stands',
        holds: (world) => world.cards.refunds.length === 0,
        broken: () => 'Order o1 was charged and paid back, and its retry finds it charged.',
      },
    ],
    goal: isCharged,
    patterns: [
      orderColumn<typeof services>(({ services: clients, status }) => async ({ data: { id } }) => {
        if ((await status.get(id)) !== 'new') return;
        await clients.cards.charge({ id, key: id });
        try {
          await status.set(id, 'new', 'charged');
        } catch (error) {
          if (!repaired) await clients.cards.refund({ id, key: id });
          throw error;
        }
      }),
    ],
    assumes: ['the processor remembers a key for as long as a retry may come'],
  });

export default defineBug({
  id: 'undone-for-want-of-a-record',
  family: 'retry-policy',
  pattern: 'status-column',
  measure: 'record tried again without its effect',
  fault: 'store-error',
  crashes: 0,
  faults: 1,
  workers: 1,
  parallel: false,
  breaks: 'charge-stands',
  invisibleAtEnd: false,
  retells: {
    what: 'Simple testing can prevent most critical failures (OSDI 2014): errors that were signalled, and handled wrongly',
    url: 'https://www.usenix.org/conference/osdi14/technical-sessions/presentation/yuan',
  },
  search: { faults: ['store-error'], maxFaults: 1 },
  buggy: flow(false),
  repaired: flow(true),
});
