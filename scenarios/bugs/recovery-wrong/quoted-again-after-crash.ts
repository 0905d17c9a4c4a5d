import { defineScenario, defineService, queue } from 'crashwise/simulator';
import { defineBug } from '../define-bug.js';
import { cards, charged } from '../services/cards.js';
import { stepOf } from '../services/step-of.js';

const prices = defineService({
  initial: { next: 10 },
  requests: {
    quote: ({ next }) => ({
      state: { next: next === 10 ? 11 : 10 },
      result: next,
      effect: 'none',
      text: `it is ${next}`,
    }),
  },
});

const books = defineService({
  initial: { invoiced: null as number | null },
  requests: {
    invoice({ invoiced }, { amount }: { id: string; amount: number }) {
      if (invoiced !== null)
        return { state: { invoiced }, result: undefined, effect: 'refused', text: 'there is an invoice already' };
      return { state: { invoiced: amount }, result: undefined, effect: 'done', text: `an invoice over ${amount}` };
    },
  },
});
const services = { prices, cards, books };

/** What another system once said is asked for again after a crash, and the answer is another. */
const flow = (repaired: boolean) =>
  defineScenario({
    name: 'quoted-again-after-crash',
    title: 'take a quote, charge it, write the invoice',
    services,
    keys: ['o1'],
    steps: [charged, stepOf('books.invoice', 'invoice', 'invoiced-once')],
    invariants: [
      {
        property: 'charged-is-invoiced',
        holds: ({ cards: { charges }, books: { invoiced } }) => invoiced === null || charges[0]?.amount === invoiced,
        broken: ({ cards: { charges }, books: { invoiced } }) =>
          `Order o1 was charged ${charges[0]?.amount} and invoiced ${invoiced}.`,
      },
    ],
    goal: {
      property: 'order-ends',
      reached: (world) => world.books.invoiced !== null,
      missed: (where) => `Order o1 is never invoiced: ${where}.`,
    },
    patterns: [
      queue<typeof services>({
        messages: [{ name: 'order', data: { id: 'o1' } }],
        jobs: ({ services: clients }) => ({
          async order({ data: { id } }) {
            const quote = await clients.prices.quote();
            const booked = await clients.cards.charge({ id, amount: quote, key: id });
            await clients.books.invoice({ id, amount: repaired ? booked : quote });
          },
        }),
      }),
    ],
    assumes: ['the processor answers a known key with the amount that it has booked'],
  });

export default defineBug({
  id: 'quoted-again-after-crash',
  family: 'recovery-wrong',
  pattern: 'queue',
  measure: 'result of a read kept, or read back',
  fault: 'crash',
  crashes: 1,
  faults: 0,
  workers: 1,
  parallel: false,
  breaks: 'charged-is-invoiced',
  invisibleAtEnd: false,
  retells: {
    what: 'vercel/eve #3103: a crash between publish and checkpoint changes a value that was given out',
    url: 'https://github.com/vercel/eve/issues/3103',
  },
  search: {},
  buggy: flow(false),
  repaired: flow(true),
});
