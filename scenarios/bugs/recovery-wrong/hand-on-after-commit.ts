import { defineScenario, queue } from 'crashwise/simulator';
import { defineBug } from '../define-bug.js';
import { cards, charged } from '../services/cards.js';
import { isShipped, parcels, shipped } from '../services/parcels.js';

const services = { cards, parcels };

/** The row says that the step is done, and the message that starts the next one is sent after that, in a write of its own. */
const flow = (repaired: boolean) =>
  defineScenario({
    name: 'hand-on-after-commit',
    title: 'charge the card, then hand on to the job that ships',
    services,
    keys: ['o1'],
    steps: [charged, shipped],
    goal: isShipped,
    patterns: [
      queue<typeof services>({
        messages: [{ name: 'charge', data: { id: 'o1' } }],
        outbox: true,
        jobs: ({ services: clients, queue: { add }, rows, transaction }) => ({
          async charge({ data: { id } }) {
            if (await rows!.get('orders', id)) return;
            await clients.cards.charge({ id, key: id });
            await transaction!((write) => {
              write.put('orders', id, { status: 'charged' });
              if (repaired) write.add('ship', { id });
            });
            if (!repaired) await add('ship', { id });
          },
          ship: ({ data: { id } }) => clients.parcels.ship({ id }),
        }),
      }),
    ],
    assumes: ['the processor remembers a key for as long as a retry may come'],
  });

export default defineBug({
  id: 'hand-on-after-commit',
  family: 'recovery-wrong',
  pattern: 'queue',
  measure: 'outbox: record and hand-on in one commit',
  fault: 'crash',
  crashes: 1,
  faults: 0,
  workers: 1,
  parallel: false,
  breaks: 'order-ends',
  invisibleAtEnd: false,
  retells: {
    what: 'data-machine #3478: killed between completing a step and scheduling the next',
    url: 'https://github.com/Extra-Chill/data-machine/issues/3478',
  },
  search: {},
  buggy: flow(false),
  repaired: flow(true),
});
