import { defineScenario } from 'crashwise/simulator';
import { defineBug } from '../define-bug.js';
import { orderColumn } from '../services/order-column.js';
import { cards, charged, isCharged } from '../services/cards.js';

const services = { cards };

/** Two failures open the breaker, so that nobody asks any more. Nobody tries whether it could be closed. */
const flow = (repaired: boolean) =>
  defineScenario({
    name: 'breaker-never-closes',
    title: 'charge the card; two failures open a breaker',
    services,
    keys: ['o1'],
    steps: [charged],
    goal: isCharged,
    patterns: [
      orderColumn<typeof services>(
        ({ services: clients, status }) =>
          async ({ data: { id } }) => {
            const breaker = (await status.get(id))!;
            if (breaker === 'open' && !repaired) throw new Error('the breaker is open');
            try {
              await clients.cards.charge({ id, key: id });
            } catch (error) {
              await status.set(id, breaker, breaker === 'closed' ? 'warned' : 'open');
              throw error;
            }
          },
        'closed',
      ),
    ],
    assumes: ['the processor remembers a key for as long as a retry may come'],
  });

export default defineBug({
  id: 'breaker-never-closes',
  family: 'retry-policy',
  pattern: 'status-column',
  measure: 'breaker that is half open after a while',
  fault: 'error',
  crashes: 0,
  faults: 2,
  workers: 1,
  parallel: false,
  breaks: 'order-ends',
  invisibleAtEnd: false,
  retells: {
    what: 'cockatiel #91: the circuit opens, and never becomes half open',
    url: 'https://github.com/connor4312/cockatiel/issues/91',
  },
  search: { faults: ['error'], maxFaults: 2 },
  buggy: flow(false),
  repaired: flow(true),
});
