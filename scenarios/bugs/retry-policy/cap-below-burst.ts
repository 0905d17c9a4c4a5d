import { defineScenario } from 'crashwise/simulator';
import { defineBug } from '../define-bug.js';
import { posted } from '../services/posted.js';
import { cards, charged, isCharged } from '../services/cards.js';

const services = { cards };
type Row = { status: 'new' | 'given up' | 'charged'; failures: number };

/** After two failures the row is given up. Errors of the network come in bursts. */
const flow = (repaired: boolean) =>
  defineScenario({
    name: 'cap-below-burst',
    title: 'charge the card, and count the failures in the row',
    services,
    keys: ['o1'],
    steps: [charged],
    goal: isCharged,
    patterns: [
      posted<typeof services>(({ table, services: clients }) => {
        const orders = table<Row>('orders');
        const cap = repaired ? 3 : 2;
        return async () => {
          const { status, failures } = await orders.findOrCreate('o1', { status: 'new', failures: 0 });
          if (status !== 'new') return;
          try {
            await clients.cards.charge({ id: 'o1', key: 'o1' });
          } catch (error) {
            const given = failures + 1 >= cap;
            await orders.update('o1', { status: given ? 'given up' : 'new', failures: failures + 1 });
            throw error;
          }
          await orders.update('o1', { status: 'charged' });
        };
      }),
    ],
    assumes: ['the processor remembers a key for as long as a retry may come', 'no more than two errors in a row'],
  });

export default defineBug({
  id: 'cap-below-burst',
  family: 'retry-policy',
  pattern: 'accidental',
  measure: 'cap on retries above the longest burst',
  fault: 'error',
  crashes: 0,
  faults: 2,
  workers: 1,
  parallel: false,
  breaks: 'order-ends',
  invisibleAtEnd: false,
  retells: {
    what: 'WASABI (SOSP 2024): when, and how often, to try again; 70 retry bugs of 8 systems',
    url: 'https://bastoica.github.io/files/papers/2024_sosp_wasabi.pdf',
  },
  search: { faults: ['error'], maxFaults: 2 },
  buggy: flow(false),
  repaired: flow(true),
});
