import { defineScenario } from 'crashwise/simulator';
import { defineBug } from '../define-bug.js';
import { orderColumn } from '../services/order-column.js';
import { cards, charged, isCharged } from '../services/cards.js';

const services = { cards };

/** The database says that somebody else is writing there. So somebody else has resumed it, and this one stops. */
const flow = (repaired: boolean) =>
  defineScenario({
    name: 'conflict-means-done',
    title: 'mark the order as resumed, then charge the card',
    services,
    keys: ['o1'],
    steps: [charged],
    goal: isCharged,
    patterns: [
      orderColumn<typeof services>(
        ({ services: clients, status }) =>
          async ({ data: { id } }) => {
            try {
              await status.set(id, 'waits', 'resumed');
            } catch (error) {
              if (!repaired && (error as Error).name === 'ConflictError') return;
              throw error;
            }
            await clients.cards.charge({ id, key: id });
          },
        'waits',
      ),
    ],
    assumes: ['the processor remembers a key for as long as a retry may come'],
  });

export default defineBug({
  id: 'conflict-means-done',
  family: 'double-resume',
  pattern: 'status-column',
  measure: 'conflict told from a resume by another',
  fault: 'conflict',
  crashes: 0,
  faults: 1,
  workers: 1,
  parallel: false,
  breaks: 'order-ends',
  invisibleAtEnd: false,
  retells: {
    what: 'dify #42103: a resume that meets another one is dropped, and the workflow stays paused',
    url: 'https://github.com/langgenius/dify/issues/42103',
  },
  search: { faults: ['conflict'], maxFaults: 1 },
  buggy: flow(false),
  repaired: flow(true),
});
