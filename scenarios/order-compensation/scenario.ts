import { defineScenario, durable, queue } from 'crashwise/simulator';
import { orderJobs } from './queue.js';
import { services } from './services.js';
import { order, orderActivities } from './workflow.js';

type Call = { order: string; key?: string };

/** A step at a service that is given a key. */
const keyed = (what: string) => ({
  key: ({ order: id }: Call) => id,
  text: ({ order: id, key }: Call) => `${what} order ${id}${key === undefined ? '' : `, key ${key}`}`,
});

export default defineScenario({
  name: 'order-compensation',
  title: 'reserve, charge, ship; a refusal undoes in reverse',
  services,
  keys: ['o1'],
  steps: [
    {
      title: 'reserve goods',
      effect: 'stock.reserve',
      class: 'exactly-once',
      property: 'reserved-once',
      ...keyed('reserve the goods of'),
      twice: (id) => `The goods of order ${id} were reserved twice.`,
      never: (id) => `The goods of order ${id} were never reserved.`,
    },
    {
      title: 'charge card',
      effect: 'cards.charge',
      class: 'exactly-once',
      property: 'charged-once',
      ...keyed('charge the card for'),
      twice: (id) => `The card of order ${id} was charged twice.`,
      never: (id) => `The card of order ${id} was never charged.`,
    },
    {
      title: 'ship parcel',
      effect: 'carrier.ship',
      class: 'at-most-once',
      property: 'shipped-once',
      key: ({ order: id }: { order: string }) => id,
      text: ({ order: id }: { order: string }) => `ship order ${id}`,
      twice: (id) => `Order ${id} was shipped twice.`,
      never: (id) => `Order ${id} was never shipped.`,
    },
    {
      title: 'refund card',
      effect: 'cards.refund',
      undoes: 'cards.charge',
      class: 'at-most-once',
      property: 'refunded-once',
      ...keyed('refund'),
      twice: (id) => `Order ${id} was refunded twice.`,
      never: (id) => `Order ${id} was never refunded.`,
    },
    {
      title: 'release goods',
      effect: 'stock.release',
      undoes: 'stock.reserve',
      class: 'at-most-once',
      property: 'released-once',
      ...keyed('release the goods of'),
      twice: (id) => `The goods of order ${id} were released twice.`,
      never: (id) => `The goods of order ${id} were never released.`,
    },
  ],
  goal: {
    property: 'order-ends',
    reached: ({ stock, cards, carrier }) =>
      carrier.parcels.length > 0 || (cards.refunded.length > 0 && stock.released.length > 0),
    missed: (where) => `Order o1 is neither shipped nor undone: ${where}.`,
  },
  invariants: [
    {
      property: 'never-shipped-and-refunded',
      holds: ({ cards, carrier }) => carrier.parcels.length === 0 || cards.refunded.length === 0,
      broken: () => 'Order o1 was shipped, and refunded as well.',
    },
    {
      property: 'undone-in-reverse',
      holds: ({ stock, cards }) => stock.released.length === 0 || cards.refunded.length > 0,
      broken: () => 'The goods of order o1 were released before the refund.',
    },
  ],
  patterns: [
    queue<typeof services>({ messages: [{ name: 'order', data: { id: 'o1' } }], jobs: orderJobs }),
    durable({ workflow: order, activities: orderActivities, start: { id: 'o1', input: { id: 'o1' } } }),
  ],
  expected: { queue: { verdict: 'violated', properties: ['never-shipped-and-refunded'] } },
  hints: { 'never-shipped-and-refunded': 'keep the answer that was acted on, and never ask again after that' },
  pages: {
    'never-shipped-and-refunded': 'scenarios/order-compensation/README.md',
    'undone-in-reverse': 'scenarios/order-compensation/README.md',
  },
  assumes: [
    'warehouse and card processor remember a key for as long as a retry may come',
    'the carrier knows a parcel that it has taken by its order',
    'all I/O of the flow goes through the 3 services of this scenario',
  ],
});
