import { defineScenario, queue } from 'crashwise/simulator';
import { defineBug } from '../define-bug.js';
import { cards, charged, isCharged, looked } from '../services/cards.js';

const services = { cards };

/** After a time-out it looks whether the charge was made. The look is answered by a replica that lags behind. */
const flow = (repaired: boolean) =>
  defineScenario({
    name: 'looked-at-a-replica',
    title: 'charge the card; after a time-out, look, and charge again if there is none',
    services,
    keys: ['o1'],
    steps: [charged, looked],
    goal: isCharged,
    patterns: [
      queue<typeof services>({
        messages: [{ name: 'order', data: { id: 'o1' } }],
        jobs: ({ services: clients }) => ({
          async order({ data: { id } }) {
            try {
              await clients.cards.charge({ id, key: id });
            } catch (error) {
              if ((error as Error).name !== 'TimeoutError') throw error;
              if (await clients.cards.find({ id })) return;
              await clients.cards.charge({ id, key: repaired ? id : `${id} again` });
            }
          },
        }),
      }),
    ],
    assumes: ['the processor remembers a key for as long as a retry may come'],
  });

export default defineBug({
  id: 'looked-at-a-replica',
  family: 'timeout-but-succeeded',
  pattern: 'queue',
  measure: 'same key after a look',
  fault: 'stale-read',
  crashes: 0,
  faults: 2,
  workers: 1,
  parallel: false,
  breaks: 'charged-once',
  invisibleAtEnd: false,
  retells: {
    what: 'csob/paymentgateway #705: how to find out whether a refund was made when there was no answer',
    url: 'https://github.com/csob/paymentgateway/issues/705',
  },
  search: { faults: ['timeout-after', 'stale-read'], maxFaults: 2 },
  buggy: flow(false),
  repaired: flow(true),
});
