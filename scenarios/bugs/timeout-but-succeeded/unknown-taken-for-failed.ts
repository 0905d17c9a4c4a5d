import { defineScenario } from 'crashwise/simulator';
import { defineBug } from '../define-bug.js';
import { posted } from '../services/posted.js';
import { cards, charged, isCharged } from '../services/cards.js';

const services = { cards };
type Row = { status: 'new' | 'paid'; purchase: number };

/** The page says that the payment has failed, and offers another one, which has a key of its own. */
const flow = (repaired: boolean) =>
  defineScenario({
    name: 'unknown-taken-for-failed',
    title: 'charge the card; the customer asks again until it has worked',
    services,
    keys: ['o1'],
    steps: [charged],
    goal: isCharged,
    patterns: [
      posted<typeof services>(({ table, services: clients }) => {
        const orders = table<Row>('orders');
        return async () => {
          const { status, purchase } = await orders.findOrCreate('o1', { status: 'new', purchase: 1 });
          if (status === 'paid') return;
          try {
            await clients.cards.charge({ id: 'o1', key: `purchase ${purchase} of o1` });
          } catch (error) {
            const unknown = (error as Error).name === 'TimeoutError';
            if (!(repaired && unknown)) await orders.update('o1', { purchase: purchase + 1 });
            throw error;
          }
          await orders.update('o1', { status: 'paid' });
        };
      }),
    ],
    assumes: ['the processor remembers a key for as long as a retry may come'],
  });

export default defineBug({
  id: 'unknown-taken-for-failed',
  family: 'timeout-but-succeeded',
  pattern: 'accidental',
  measure: 'unknown outcome told from failure',
  fault: 'timeout-after',
  crashes: 0,
  faults: 1,
  workers: 1,
  parallel: false,
  breaks: 'charged-once',
  invisibleAtEnd: false,
  retells: {
    what: 'akash-network/console #3449: a slow charge had succeeded, and the customer bought again',
    url: 'https://github.com/akash-network/console/pull/3449',
  },
  search: { faults: ['timeout-after'], maxFaults: 1 },
  buggy: flow(false),
  repaired: flow(true),
});
