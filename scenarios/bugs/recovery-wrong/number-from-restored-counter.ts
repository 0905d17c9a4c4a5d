import { defineScenario, queue } from 'crashwise/simulator';
import { defineBug } from '../define-bug.js';
import { cards, charged } from '../services/cards.js';

const services = { cards };

/** Keys are numbers from a counter in the database. The database comes back from a backup, and the numbers a second time. */
const flow = (repaired: boolean) =>
  defineScenario({
    name: 'number-from-restored-counter',
    title: 'charge two orders, each under a number of its own',
    services,
    keys: ['a', 'b'],
    steps: [charged],
    goal: {
      property: 'orders-end',
      reached: (world) => world.cards.charges.length > 0,
      missed: (where) => `No order is ever charged: ${where}.`,
    },
    patterns: [
      queue<typeof services>({
        messages: ['a', 'b'].map((id) => ({ name: 'order', data: { id } })),
        outbox: true,
        jobs: ({ services: clients, rows, transaction }) => ({
          async order({ data: { id } }) {
            let number = (await rows!.get('orders', id))?.['number'];
            if (number === undefined) {
              number = Number((await rows!.get('counters', 'orders'))?.['last'] ?? 0) + 1;
              await transaction!((write) => {
                write.put('counters', 'orders', { last: number as number });
                write.put('orders', id, { number: number as number });
              });
            }
            await clients.cards.charge({ id, key: repaired ? id : `order number ${number}` });
          },
        }),
      }),
    ],
    assumes: ['the processor remembers a key for as long as a retry may come'],
  });

export default defineBug({
  id: 'number-from-restored-counter',
  family: 'recovery-wrong',
  pattern: 'queue',
  measure: 'key from the request, not from the store',
  fault: 'restore',
  crashes: 1,
  faults: 1,
  workers: 1,
  parallel: false,
  breaks: 'charged-once',
  invisibleAtEnd: false,
  retells: {
    what: 'CREB (FSE 2018): incorrect backup, 17 of 100 crash recovery bugs',
    url: 'https://muratbuffalo.blogspot.com/2019/01/paper-review-empirical-study-on-crash.html',
  },
  search: { faults: ['restore'], maxFaults: 1 },
  buggy: flow(false),
  repaired: flow(true),
});
